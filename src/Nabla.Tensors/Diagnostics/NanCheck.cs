using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Diagnostics;

/// <summary>
/// Looks at every number of every result and of every gradient, and throws at the operation where the first NaN or
/// infinity appears, forward or backward. It reads all numbers again, so watch only what is suspected. The infinities
/// of a masked fill are meant; NaN that comes of them is not.
/// </summary>
/// <example><code>
/// string where = "";
/// using (new NanCheck().Watch())
///     try { new Tensor([4f, -1]).Sqrt().Sum(); } catch (NotFiniteException e) { where = e.Operation; }
/// where;                                                      // = "Sqrt"
/// </code></example>
public sealed class NanCheck : OpObserver
{
    private readonly OpPlaces places;
    private readonly Dictionary<Tensor, Op> lastReader = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Tensor> meant = new(ReferenceEqualityComparer.Instance); // infinite by a mask
    private string inputs = "", upstream = ""; // of the op whose backward pass runs
    private int applied;

    /// <summary>A check that names modules by these names of their parameters, if given.</summary>
    public NanCheck(IEnumerable<KeyValuePair<Tensor, string>>? parameters = null) => places = new(parameters ?? []);

    /// <inheritdoc/>
    protected override void OnWatch()
    {
        places.Clear();
        lastReader.Clear();
        meant.Clear();
        applied = 0;
    }

    /// <inheritdoc/>
    protected override void OnApplied(Op op, Tensor y)
    {
        applied++;
        places.Applied(op, y);
        NumberRange result = NumberRange.Of(y);
        if (result.IsFinite)
            return;
        if (result.NaNs == 0 && (op is MaskedFillOp || op.Inputs.Any(meant.Contains)))
        {
            meant.Add(y);
            return;
        }
        bool given = op.Inputs.Any(x => !meant.Contains(x) && !NumberRange.Of(x).IsFinite);
        string what = result.NaNs > 0 ? "NaN" : "An infinity";
        string verb = given ? "comes in with the inputs of" : "first appears in";
        throw Error(op, isBackward: false,
            $"{what} {verb} {Describe(op)}, operation {applied} of the forward pass: the result is {result}; "
            + $"{Inputs(op)}.");
    }

    /// <inheritdoc/>
    protected override void OnDifferentiating(Op op, Tensor y, Tensor dy)
    {
        NumberRange range = NumberRange.Of(dy);
        (inputs, upstream) = (Inputs(op), range.ToString());
        if (range.IsFinite)
            return;
        // Complete only now: an operation that reads this result wrote parts of its gradient.
        Op culprit = lastReader.GetValueOrDefault(y, op);
        throw Error(culprit, isBackward: true,
            $"{Kind(range)} first appears in the backward pass of {Describe(culprit)}: the gradient of its input is "
            + $"{range}.");
    }

    /// <inheritdoc/>
    protected override void OnDifferentiated(Op op, Tensor y, Func<Tensor, Tensor?> gradient)
    {
        foreach (Tensor input in op.Inputs)
        {
            lastReader[input] = op;
            if (!input.RequiresGradient || gradient(input) is not { } dx)
                continue;
            NumberRange range = NumberRange.Of(dx);
            if (!range.IsFinite)
                throw Error(op, isBackward: true,
                    $"{Kind(range)} first appears in the backward pass of {Describe(op)}: the gradient of "
                    + $"{places.NameOf(input) ?? "its input"} is {range}; dL/dy is {upstream}; {inputs}.");
        }
    }

    private static string Kind(NumberRange range) => range.NaNs > 0 ? "NaN" : "An infinity";

    private NotFiniteException Error(Op op, bool isBackward, string message) =>
        new(message) { Operation = op.Name, Module = places.After(op), IsBackward = isBackward };

    private string Describe(Op op)
    {
        string place = places.ModuleOf(op) is { } own ? $" of {own}"
            : places.After(op) is { } module ? $" after {module}" : "";
        return $"{op.Name}{place} ({op.Formula})";
    }

    private string Inputs(Op op) => (op.Inputs.Count == 1 ? "the input is " : "the inputs are ")
        + string.Join(" and ", op.Inputs.Select(x => $"{(places.NameOf(x) is { } name ? name + " " : "")}{Look(x)}"));

    /// <summary>A buffer that nothing will read may be gone in the backward pass.</summary>
    private static string Look(Tensor x) =>
        x.Buffer.WasGivenBack ? $"{x.Shape} (given back already)" : NumberRange.Of(x).ToString();
}
