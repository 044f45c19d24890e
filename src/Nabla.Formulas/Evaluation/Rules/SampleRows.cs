using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>
/// 𝔼[‖x − y‖²], 𝔼[x xᵀ] and 𝔼_{(x,y)}[(y − wᵀx)²] where x is a list of vectors: the mean over its rows, one sample
/// each.
/// </summary>
internal static class SampleRows
{
    private const string Sample = "·sample";

    /// <summary>The mean over the samples; null where no list of vectors is averaged.</summary>
    public static Average? Enter(Interpreter c, Expectation node, Scope scope)
    {
        if (node.Kind is ExpectationKind.Covariance)
            return null;
        Stored[] lists = [.. Named(c, node.Over, scope)];
        Stored[] centred = node.Over.Count == 0 ? [.. Centred(c, scope)] : [];
        if (lists.Length == 0)
            lists = centred;
        bool isNumbers = (node.Over is [Symbol] || centred.Length > 0)
            && lists is [{ Shape.Rank: 1 }]
            && node.Arguments[0].All().Any(part => part is Delimited { Kind: DelimiterKind.Norm });
        if (node.Arguments[0].All().OfType<Symbol>().Select(symbol => scope.Find(symbol.Name)?.Axis)
            .FirstOrDefault(axis => axis?.Name == Sample) is { } within && node.Over.Count == 0)
            return new(scope, [within]); // the 𝔼[x] inside of 𝔼[(x − 𝔼[x])(x − 𝔼[x])ᵀ]
        if (!isNumbers && !c.Target.All().Any(TakesVectors))
            return null;
        if (!isNumbers && !Array.Exists(lists, list => list.Shape.Rank == 2))
            lists = [.. Named(c, node.Arguments, scope).Where(list => list.Shape.Rank == 2)];
        int[] counts = [.. lists.Select(list => list.Shape[0]).Distinct()];
        if (counts is not [var count])
            return null;
        Running first = c.Run(Sample, 1, count);
        Scope inner = lists.Aggregate(scope, (all, list) => all.With(
            new Running(list.Name, new Quantity(list.Quantity().Node, [first.Axis!])) { Axis = first.Axis }));
        string names = string.Join(" and ", lists.Select(list => list.Name));
        c.Note($"{names}: each row is one sample, over which the mean is taken.");
        return new(inner, [first.Axis!]);
    }

    // ‖x‖, ⟨x, y⟩, wᵀx
    private static bool TakesVectors(Expression node) => node is Delimited
    {
        Kind: DelimiterKind.Norm or DelimiterKind.InnerProduct,
    } or Postfix
    {
        Sign: PostfixSign.Transpose,
        Operand: Symbol { Letter: [>= 'a' and <= 'z', ..] } or Sum or Expectation,
    } or Product { Sign: ProductSign.Dot };

    // The X of 𝔼‖X − 𝔼[X]‖² and 𝔼[XXᵀ] − 𝔼[X]𝔼[X]ᵀ: a random vector by its name and by what is done with it.
    private static IEnumerable<Stored> Centred(Interpreter c, Scope scope) => c.Target.All()
        .OfType<Expectation>().Where(mean => mean.Over.Count == 0 && mean.Arguments is [Symbol])
        .Select(mean => (Symbol)mean.Arguments[0]).Where(symbol => scope.Find(symbol.Name) is null)
        .Select(symbol => c.Store.Find(symbol.Name)).OfType<Stored>().Where(list => list.Shape.Rank > 0).Distinct();

    private static IEnumerable<Stored> Named(Interpreter c, IEnumerable<Expression> parts, Scope scope) => parts
        .SelectMany(part => part is Relation relation ? relation.Members[0].All() : part.All()).OfType<Symbol>()
        .Where(symbol => symbol is { IsBare: true, Letter: [>= 'a' and <= 'z', ..] } && scope.Find(symbol.Name) is null)
        .Select(symbol => c.Store.Find(symbol.Name)).OfType<Stored>().Where(list => list.Shape.Rank > 0).Distinct();
}
