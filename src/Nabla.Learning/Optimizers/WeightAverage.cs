using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// A mean of a module's weights over the steps of training, which often predicts better than the last ones. The
/// trainable parameters are averaged; running statistics stay as they are (after swapping in a mean, a pass over data
/// in training mode brings them up to date).
/// </summary>
public abstract class WeightAverage
{
    private readonly NamedParameter[] parameters;
    private readonly float[][] averages;
    private bool swapped;

    private protected WeightAverage(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        parameters = [.. module.Parameters().Where(named => named.Parameter.RequiresGradient)];
        averages = Array.ConvertAll(parameters, named => named.Parameter.ToArray());
    }

    /// <summary>How many sets of weights the mean has taken in.</summary>
    public int Updates { get; private set; }

    /// <summary>Takes the weights as they are into the mean; called after a step.</summary>
    /// <exception cref="InvalidOperationException">The mean is swapped in.</exception>
    public void Update()
    {
        if (swapped)
            throw new InvalidOperationException(
                $"{GetType().Name}: the mean stands in the module. Dispose what Use() returned before updating.");
        var rule = new Towards(Share(Updates));
        UpdateArrays<Towards>[] arrays = [.. parameters.Zip(averages, (named, average) =>
            new UpdateArrays<Towards>(rule, named.Parameter.ValuesMemory, average, []))];
        UpdateKernel.Run<Towards>(arrays);
        Updates++;
    }

    /// <summary>Puts the mean in the place of the weights until the result is disposed; for evaluation.</summary>
    /// <exception cref="InvalidOperationException">The mean is swapped in already.</exception>
    public IDisposable Use()
    {
        if (swapped)
            throw new InvalidOperationException($"{GetType().Name}: the mean stands in the module already.");
        Swap();
        return new Swapped(this);
    }

    /// <summary>Makes the mean the weights of the module, for good.</summary>
    public void CopyToModule()
    {
        for (int i = 0; i < parameters.Length && !swapped; i++)
            averages[i].CopyTo(parameters[i].Parameter.Values);
        swapped = false;
    }

    /// <summary>The mean, for checkpoints.</summary>
    public IEnumerable<(string Name, Shape Shape, Memory<float> Values)> State()
    {
        for (int i = 0; i < parameters.Length; i++)
            yield return ($"average.{parameters[i].Path}", parameters[i].Parameter.Shape, averages[i]);
    }

    /// <summary>Goes on counting from a checkpoint, whose numbers have been written to <see cref="State"/>.</summary>
    public void Resume(int updates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        Updates = updates;
    }

    /// <summary>The share that the weights have in the mean, after so many updates.</summary>
    private protected abstract float Share(int updates);

    private void Swap()
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            float[] mean = [.. averages[i]];
            parameters[i].Parameter.Values.CopyTo(averages[i]);
            mean.CopyTo(parameters[i].Parameter.Values);
        }
        swapped = !swapped;
    }

    private sealed class Swapped(WeightAverage owner) : IDisposable
    {
        private bool done;

        public void Dispose()
        {
            if (!done && owner.swapped)
                owner.Swap();
            done = true;
        }
    }

    private readonly struct Towards(float share) : IUpdateRule
    {
        public static int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V> =>
            RuleMath.Towards(parameter, gradient, share);
    }
}
