using System.Globalization;
using Nabla.Tensors;
using Nabla.Tensors.Diagnostics;

namespace Nabla.Learning.Training;

/// <summary>
/// Watches what a module computes, without a change to it: mean, deviation, saturation and dead units of every
/// operation's results, each named after the module whose parameter it uses or follows. Watch one forward pass at a
/// time; the statistics are of all passes together.
/// </summary>
/// <example><code>
/// var layer = new Linear(new Parameter(new Tensor([1f, -1], [2, 1])), null);
/// var recorder = new ActivationRecorder(layer);
/// using (recorder.Watch())
///     layer.Forward(new Tensor([1f, 2, 3], [3, 1])).Relu();
/// recorder.Statistics[1].Place;                               // = "Weight.Relu"
/// recorder.Statistics[1].Mean;                                // = 1
/// recorder.Statistics[1].DeadUnits.ToArray();                 // = [1]
/// </code></example>
/// <param name="module">The module whose names are used.</param>
public sealed class ActivationRecorder(Module module) : OpObserver
{
    private readonly OpPlaces places = new(module.TensorNames());
    private readonly Dictionary<string, ActivationStatistics> byPlace = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal); // in this pass
    private bool backward;

    /// <summary>A row for each operation, in the order of the first pass, but for views of other results.</summary>
    public IReadOnlyList<ActivationStatistics> Statistics => [.. byPlace.Values];

    /// <summary>The rows that have dead units.</summary>
    public IReadOnlyList<ActivationStatistics> WithDeadUnits => [.. Statistics.Where(row => row.DeadUnits.Count > 0)];

    /// <summary>Forgets everything.</summary>
    public void Clear() => byPlace.Clear();

    /// <inheritdoc/>
    protected override void OnWatch()
    {
        places.Clear();
        seen.Clear();
        backward = false;
    }

    /// <inheritdoc/>
    protected override void OnApplied(Op op, Tensor y)
    {
        if (backward)
            return; // a checkpoint computes its function once more
        places.Applied(op, y);
        if (IsView(op, y))
            return;
        string? after = places.After(op);
        string place = after is null ? op.Name : $"{after}.{op.Name}";
        int count = seen[place] = seen.GetValueOrDefault(place) + 1;
        if (count > 1)
            place = string.Create(CultureInfo.InvariantCulture, $"{place}#{count}");
        if (!byPlace.TryGetValue(place, out ActivationStatistics? row))
            byPlace[place] = row = new ActivationStatistics(place, op.Name, after);
        row.Add(y.IsContiguous ? y.AsSpan() : y.ToArray(), [.. y.Shape]);
    }

    /// <inheritdoc/>
    protected override void OnDifferentiating(Op op, Tensor y, Tensor dy) => backward = true;
}
