import type { Shape } from './shapes.ts';

/** Plain shapes as elements. */
export function Shapes({ shapes }: { shapes: readonly Shape[] }) {
  return shapes.map((shape, index) => <ShapeElement key={index} shape={shape} />);
}

function ShapeElement({ shape }: { shape: Shape }) {
  const { className } = shape;
  switch (shape.kind) {
    case 'rect':
      return (
        <rect
          className={className}
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          rx={shape.radius}
        />
      );
    case 'circle':
      return <circle className={className} cx={shape.x} cy={shape.y} r={shape.radius} />;
    case 'path':
      return <path className={className} d={shape.data} />;
    case 'text':
      return (
        <text className={className} x={shape.x} y={shape.y} textAnchor={shape.anchor}>
          {shape.text}
        </text>
      );
  }
}
