namespace Nabla.Formulas.Trees;

/// <summary>
/// Which of several formulas is the one that is meant: L = 1 − 2a/(b + ε), ε = 10⁻⁶ says what L is, and ε only helps.
/// </summary>
internal static class SystemRoot
{
    /// <summary>
    /// The last formula whose left side no other one uses, the last of all where each is used, without conditions.
    /// </summary>
    public static Expression Of(Expression tree) => tree switch
    {
        FormulaSystem { Formulas.Count: > 0 } system => Of(Unused(system.Formulas)),
        Qualified qualified => Of(qualified.Statement),
        _ => tree,
    };

    /// <summary>The formula that is written last, without conditions.</summary>
    public static Expression LastOf(Expression tree) => tree switch
    {
        FormulaSystem { Formulas: [.., var last] } => LastOf(last),
        Qualified qualified => LastOf(qualified.Statement),
        _ => tree,
    };

    private static Expression Unused(NodeList<Expression> formulas)
    {
        for (int i = formulas.Count - 1; i >= 0; i--)
        {
            string? name = NameOf(formulas[i]);
            if (name is null || !formulas.Where((_, other) => other != i)
                .Any(formula => Uses(formula, name) || UsesElement(formula, formulas[i])))
                return formulas[i];
        }
        return formulas[^1];
    }

    // σ² = … says what σ is.
    private static string? NameOf(Expression formula) => formula is not Relation { Members: [var left, ..] } ? null
        : left switch
        {
            Call { Function: Symbol function } => function.Name,
            Power { Base: Symbol squared, Exponent: Number } => squared.Name,
            _ => (left as Symbol)?.Name,
        };

    // −log p_1 uses what p_i = … says, and D − A what D_ii = … does.
    private static bool UsesElement(Expression formula, Expression definition) =>
        definition is Relation { Members: [Symbol { Subscripts: [Symbol { Letter.Length: 1 } row, ..] } left, ..] }
        && (formula as Relation)?.Members[0].Equals(left) != true
        && formula.All().Any(node => node is Symbol symbol && symbol.StemName == left.StemName
            && symbol.Superscripts.Count == 0 && (symbol.Subscripts.Count == left.Subscripts.Count
                || symbol.Subscripts.Count == 0 && left.Subscripts is [_, var column] && column.Equals(row)));

    // R_1 = 2a uses no R.
    private static IEnumerable<Expression> Said(Expression formula) =>
        formula is Relation { Members: [Symbol, ..] } stated
            ? stated.Members.Skip(1).SelectMany(member => member.All()) : formula.All();

    // A formula that says anew what the name is does not use it: θ ← θ − m, m ← βm + g.
    private static bool Uses(Expression formula, string name) => NameOf(formula) != name
        && Said(formula).Any(node => node is Symbol symbol
            && (symbol.Name == name || symbol.Subscripts.Count > 0 && symbol.StemName == name) // y_i uses y
            || node is Call { Function: Symbol { Primes: > 0 } derived } // f′(x) with the f of f(x) = x³
                && (derived with { Primes = 0 }).Name == name);
}
