"""Markov attribution of order 1 with removal effects, in numpy: the yardstick of bench/attribution.bench.ts.

Reads the journeys as raw little-endian columns from a folder (offsets.u32, touches.u32, conversions.f64, nulls.f64)
and prints one JSON line with the median time of the computation (counting with repeats collapsed, normalisation,
one solve per channel and one for the whole chain) and its credits.
"""

import json
import statistics
import sys
import time

import numpy


def count(offsets, touches, conversions, nulls, units):
    """Transition counts; state 0 is the start, 1..units the channels."""
    states = units + 1
    weight = conversions + nulls
    first, last = offsets[:-1], offsets[1:] - 1
    starts = numpy.bincount(touches[first], weights=weight, minlength=units)
    converted = numpy.bincount(touches[last], weights=conversions, minlength=units)
    lost = numpy.bincount(touches[last], weights=nulls, minlength=units)
    inside = numpy.ones(len(touches) - 1, dtype=bool)
    inside[last[:-1]] = False
    inside &= touches[:-1] != touches[1:]
    places = numpy.flatnonzero(inside)
    weights = numpy.repeat(weight, offsets[1:] - offsets[:-1])[places]
    pairs = touches[places] * units + touches[places + 1]
    inner = numpy.bincount(pairs, weights=weights, minlength=units * units).reshape(units, units)
    moves = numpy.zeros((states, states))
    moves[0, 1:] = starts
    moves[1:, 1:] = inner
    return moves, numpy.concatenate(([0.0], converted)), numpy.concatenate(([0.0], lost))


def attribute(offsets, touches, conversions, nulls, units):
    moves, converted, lost = count(offsets, touches, conversions, nulls, units)
    leaving = moves.sum(axis=1) + converted + lost
    chain = moves / leaving[:, None]
    convert = converted / leaving
    identity = numpy.eye(units + 1)
    whole = numpy.linalg.solve(identity - chain, convert)[0]
    effects = numpy.empty(units)
    for unit in range(units):
        without = chain.copy()
        without[:, unit + 1] = 0.0
        effects[unit] = 1.0 - numpy.linalg.solve(identity - without, convert)[0] / whole
    return converted.sum() * effects / effects.sum()


def main(folder, units, runs):
    offsets = numpy.fromfile(f"{folder}/offsets.u32", dtype="<u4").astype(numpy.int64)
    touches = numpy.fromfile(f"{folder}/touches.u32", dtype="<u4").astype(numpy.int64)
    conversions = numpy.fromfile(f"{folder}/conversions.f64", dtype="<f8")
    nulls = numpy.fromfile(f"{folder}/nulls.f64", dtype="<f8")
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        credits = attribute(offsets, touches, conversions, nulls, units)
        times.append(1000 * (time.perf_counter() - begin))
    print(json.dumps({"milliseconds": statistics.median(times), "credits": credits.tolist()}))


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
