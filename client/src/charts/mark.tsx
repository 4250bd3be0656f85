import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle } from 'd3-shape';

// The seventh shape is the third upside down.
const symbols = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar, symbolTriangle];

/** A point whose shape says what its colour says. */
export function Mark(props: { shape: number; x: number; y: number; colour: string; size?: number }) {
  const path = () => symbol(symbols[props.shape % symbols.length], props.size ?? 52)() ?? '';
  return (
    <path
      d={path()}
      transform={`translate(${props.x},${props.y})${props.shape === 6 ? ' rotate(180)' : ''}`}
      fill={props.colour}
      stroke="var(--panel)"
      stroke-width="1"
    />
  );
}
