using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Race;

/// <summary>A small network that tells the points of two interlocked half-circles apart, all at each step.</summary>
internal sealed class TwoMoons() : RaceProblem("moons", "A network 2–8–8–2 on two moons, 120 points, cross-entropy")
{
    private const int Points = 120, Width = 8, DataStream = 0, WeightStream = 1;
    private const float Noise = 0.15f;

    public override int Place => 3;

    public override double Tolerance => 0.01;

    public override RaceTrack Begin(long seed)
    {
        var rng = new Rng(seed);
        (Tensor x, int[] y) = Data(rng.Fork(DataStream));
        Rng weights = rng.Fork(WeightStream);
        var model = new Sequential(
            new Linear(2, Width, weights), new Activation<Tanh>(), new Linear(Width, Width, weights),
            new Activation<Tanh>(), new Linear(Width, 2, weights));
        return new RaceTrack(model, () => Losses().Mean()) { Examples = Losses };

        Tensor Losses() => -model.Forward(x).LogSoftmax(-1).Gather(y);
    }

    private static (Tensor X, int[] Y) Data(Rng rng)
    {
        var x = new float[2 * Points];
        var y = new int[Points];
        for (int i = 0; i < Points; i++)
        {
            y[i] = i % 2;
            double angle = Math.PI * rng.NextDouble();
            (double across, double up) = y[i] == 0
                ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
            x[2 * i] = (float)(across + Noise * rng.NextNormal());
            x[2 * i + 1] = (float)(up + Noise * rng.NextNormal());
        }
        return (new Tensor(x, [Points, 2]), y);
    }
}
