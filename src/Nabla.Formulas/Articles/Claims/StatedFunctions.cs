namespace Nabla.Formulas.Articles.Claims;

/// <summary>A function that an article states: its variables and the text that computes it.</summary>
internal sealed record StatedFunction(string Name, IReadOnlyList<string> Variables, string Body)
{
    /// <summary>Its value, or null where it has none.</summary>
    public double? At(params IReadOnlyList<double> values)
    {
        var variables = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        for (int i = 0; i < Variables.Count; i++)
            variables[Variables[i]] = new Quantity(values[i]);
        var context = new ArithmeticContext { IsAlgebra = true, Variables = variables };
        return ArithmeticParser.Read(Body, 0, context) is { } read && read.End == Body.Length && !read.Value.IsList
            ? read.Value.Real : null;
    }
}

/// <summary>The functions that an article states, each once.</summary>
internal sealed class StatedFunctions(IReadOnlyDictionary<string, StatedFunction> functions)
{
    public static StatedFunctions None { get; } = new(new Dictionary<string, StatedFunction>(StringComparer.Ordinal));

    public IReadOnlyDictionary<string, StatedFunction> All => functions;

    /// <summary>Known functions to which the article may give another meaning: a standard deviation σ(q).</summary>
    public IReadOnlySet<string> Redefined { get; init; } =
        new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The same for arithmetic.</summary>
    public IReadOnlyDictionary<string, Func<IReadOnlyList<Quantity>, Quantity?>> Table { get; } =
        functions.ToDictionary(item => item.Key, item => Evaluate(item.Value), StringComparer.Ordinal);

    private static Func<IReadOnlyList<Quantity>, Quantity?> Evaluate(StatedFunction function) => arguments =>
        arguments.Count == function.Variables.Count && arguments.All(argument => !argument.IsList)
            && function.At([.. arguments.Select(argument => argument.Real)]) is { } value && double.IsFinite(value)
            ? new Quantity(value) : null;
}
