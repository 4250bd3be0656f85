"""The methods of causal in Python, one workload a call: the yardsticks of bench/causal.bench.ts.

Reads JSON from standard input ({"workload": ..., "runs": ..., and its data}) and prints one JSON line with the median
time in milliseconds and figures by which both sides must agree. BLAS is kept on one thread by the caller.
"""

import json
import statistics
import sys
import time

import numpy


def median_of(runs, compute):
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        result = compute()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times), result


def synthetic_control(data, runs):
    """Every unit by all others with weights on the simplex; ratios of mean squared gaps after to before."""
    from cvxopt import matrix, solvers

    solvers.options["show_progress"] = False
    for name in ("abstol", "reltol", "feastol"):
        solvers.options[name] = 1e-9
    outcomes = numpy.array(data["outcomes"])
    pre = data["pre"]
    units = outcomes.shape[1]
    donors = units - 1
    nothing, below = matrix(0.0, (donors, 1)), matrix(-numpy.eye(donors))
    whole, one = matrix(1.0, (1, donors)), matrix(1.0)

    def placebos():
        ratios = []
        for unit in range(units):
            others = numpy.delete(outcomes, unit, axis=1)
            before = others[:pre]
            quadratic = matrix(before.T @ before)
            linear = matrix(-(before.T @ outcomes[:pre, unit]))
            weights = numpy.array(solvers.qp(quadratic, linear, below, nothing, whole, one)["x"]).ravel()
            gaps = outcomes[:, unit] - others @ weights
            ratios.append(float((gaps[pre:] ** 2).mean() / (gaps[:pre] ** 2).mean()))
        return ratios

    milliseconds, ratios = median_of(runs, placebos)
    return {"milliseconds": milliseconds, "figures": ratios}


def ridge_candidates(data, runs):
    """Recursive carry-over, Hill saturation, standardised columns, ridge by normal equations; error over range."""
    from scipy.signal import lfilter

    media = numpy.array(data["media"]).T
    fixed = numpy.array(data["fixed"]).T
    kpi = numpy.array(data["kpi"])
    shapes = numpy.array(data["shapes"])
    penalties = numpy.array(data["penalties"])
    rows = len(kpi)
    centred = kpi - kpi.mean()
    span = centred.max() - centred.min()
    columns = numpy.empty((rows, fixed.shape[1] + media.shape[1]))
    columns[:, : fixed.shape[1]] = (fixed - fixed.mean(0)) / fixed.std(0)

    def fit(shape, penalty):
        for channel in range(media.shape[1]):
            decay, slope, half = shape[3 * channel : 3 * channel + 3]
            carried = lfilter([1.0], [1.0, -decay], media[:, channel])
            power = carried**slope
            saturated = power / (power + (half * carried.max()) ** slope)
            columns[:, fixed.shape[1] + channel] = (saturated - saturated.mean()) / saturated.std()
        products = columns.T @ columns
        products[numpy.diag_indices_from(products)] += penalty * rows
        coefficients = numpy.linalg.solve(products, columns.T @ centred)
        rest = centred - columns @ coefficients
        return float(numpy.sqrt(rest @ rest / rows) / span)

    def explore():
        return [fit(shape, penalty) for shape, penalty in zip(shapes, penalties)]

    milliseconds, errors = median_of(runs, explore)
    return {"milliseconds": milliseconds, "figures": errors}


def local_level(data, runs):
    """Local level with regression by maximum likelihood; the coefficients."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    series = numpy.array(data["series"])
    regressors = numpy.array(data["regressors"]).T

    def fit():
        model = UnobservedComponents(series, "llevel", exog=regressors)
        return [float(value) for value in model.fit(disp=0).params[2:]]

    milliseconds, coefficients = median_of(runs, fit)
    return {"milliseconds": milliseconds, "figures": coefficients}


def structural_gibbs(data, runs):
    """Gibbs sampler of a local level with a spike-and-slab regression; the mean effect after the treatment."""
    response = numpy.array(data["response"])
    controls = numpy.array(data["controls"]).T
    pre, draws = data["pre"], data["draws"]
    mean, spread = response[:pre].mean(), response[:pre].std(ddof=1)
    centre, scale = controls[:pre].mean(0), controls[:pre].std(0, ddof=1)
    y = (response - mean) / spread
    x = (controls - centre) / scale
    before, count = x[:pre], x.shape[1]
    gram = before.T @ before
    slab = 0.01 / pre * (0.5 * gram + 0.5 * numpy.diag(numpy.diag(gram)))
    inclusion = min(1.0, 3 / count)
    weight, share, freedom = 32, 0.01**2, 50

    def log_density(chosen, products, target, squares):
        places = numpy.flatnonzero(chosen)
        if len(places) == 0:
            return -(freedom + pre) / 2 * numpy.log(freedom * 0.2 + squares)
        prior = slab[numpy.ix_(places, places)]
        posterior = products[numpy.ix_(places, places)] + prior
        solved = numpy.linalg.solve(posterior, target[places])
        rest = squares - target[places] @ solved
        ratio = 0.5 * (numpy.linalg.slogdet(prior)[1] - numpy.linalg.slogdet(posterior)[1])
        odds = 0 if inclusion >= 1 else len(places) * numpy.log(inclusion / (1 - inclusion))
        return odds + ratio - (freedom + pre) / 2 * numpy.log(freedom * 0.2 + rest)

    def sample():
        random = numpy.random.default_rng(1)
        chosen, beta = numpy.ones(count, dtype=bool), numpy.zeros(count)
        noise, level = 0.2, share
        effects = []
        filtered, spreads = numpy.empty(pre), numpy.empty(pre)
        states = numpy.empty(pre)
        for draw in range(draws):
            target = y[:pre] - before @ beta
            at, variance = target[0], 1.0
            for t in range(pre):
                gain = variance / (variance + noise)
                at += gain * (target[t] - at)
                variance *= 1 - gain
                filtered[t], spreads[t] = at, variance
                variance += level
            normals = random.standard_normal(pre)
            states[-1] = filtered[-1] + numpy.sqrt(spreads[-1]) * normals[-1]
            for t in range(pre - 2, -1, -1):
                back = spreads[t] / (spreads[t] + level)
                centre_t = filtered[t] + back * (states[t + 1] - filtered[t])
                states[t] = centre_t + numpy.sqrt(spreads[t] * (1 - back)) * normals[t]
            steps = numpy.diff(states)
            level = (weight * share + steps @ steps) / 2 / random.gamma((weight + pre - 1) / 2)
            rest = y[:pre] - states
            products, squares = before.T @ rest, rest @ rest
            if inclusion < 1:
                for place in random.permutation(count):
                    densities = []
                    for value in (False, True):
                        chosen[place] = value
                        densities.append(log_density(chosen, gram, products, squares))
                    chosen[place] = random.random() < 1 / (1 + numpy.exp(densities[0] - densities[1]))
            places = numpy.flatnonzero(chosen)
            beta = numpy.zeros(count)
            if len(places) > 0:
                posterior = gram[numpy.ix_(places, places)] + slab[numpy.ix_(places, places)]
                factor = numpy.linalg.cholesky(posterior)
                middle = numpy.linalg.solve(posterior, products[places])
                left = squares - products[places] @ middle
            else:
                left = squares
            noise = (freedom * 0.2 + left) / 2 / random.gamma((freedom + pre) / 2)
            if len(places) > 0:
                shock = numpy.linalg.solve(factor.T, random.standard_normal(len(places)))
                beta[places] = middle + numpy.sqrt(noise) * shock
            if draw >= draws // 10:
                after = len(y) - pre
                walk = states[-1] + numpy.cumsum(numpy.sqrt(level) * random.standard_normal(after))
                predicted = walk + x[pre:] @ beta + numpy.sqrt(noise) * random.standard_normal(after)
                effects.append(float((y[pre:] - predicted).mean() * spread))
        return effects

    milliseconds, effects = median_of(runs, sample)
    return {"milliseconds": milliseconds, "figures": [float(numpy.mean(effects))]}


workloads = {
    "synthetic_control": synthetic_control,
    "ridge_candidates": ridge_candidates,
    "local_level": local_level,
    "structural_gibbs": structural_gibbs,
}

request = json.load(sys.stdin)
print(json.dumps(workloads[request["workload"]](request, request["runs"])))
