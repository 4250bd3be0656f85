import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';

const symbols = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar, symbolWye];

/** A point whose shape says what its colour says. */
export function Mark(props: { shape: number; x: number; y: number; colour: string; size?: number }) {
  const path = () => symbol(symbols[props.shape % symbols.length]!, props.size ?? 52)() ?? '';
  return (
    <path
      d={path()}
      transform={`translate(${props.x},${props.y})`}
      fill={props.colour}
      stroke="var(--panel)"
      stroke-width="1"
    />
  );
}
