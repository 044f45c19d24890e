using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>The vector of ones, 𝟏ᵀx: it is as long as what stands beside it.</summary>
internal static class OnesRules
{
    /// <summary>A factor's value where it is the vector of ones, or null.</summary>
    /// <param name="c">Where it is computed.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="before">What it is multiplied by from the left, or null.</param>
    /// <param name="after">What stands right of it, or null.</param>
    public static Quantity? Value(Interpreter c, Expression factor, Quantity? before, Func<Quantity>? after)
    {
        bool isRow = factor is Postfix { Sign: PostfixSign.Transpose };
        if (factor is Number { Value: 1 } && before is { IsRow: true } or { Rank: 2 })
            return Behind(c, before.Value);
        if (!IsOnes(c, isRow ? ((Postfix)factor).Operand : factor))
            return null;
        int? length = isRow ? LengthOf(after?.Invoke(), -2)
            : LengthOf(before, -1) ?? (before is null ? null : LengthOf(after?.Invoke(), -1));
        if (length is not { } size)
            return null;
        return Ones(c, size) with { IsRow = isRow };
    }

    // Nobody writes a number behind a matrix or a row: Xᵀ1 is the sum of X's rows.
    private static Quantity? Behind(Interpreter c, Quantity before)
    {
        c.Note("1 behind a matrix or a row is the vector of ones.");
        return Ones(c, before.Own[-1]);
    }

    private static Quantity Ones(Interpreter c, int length) => c.Algebra.Vector([.. Enumerable.Repeat(1.0, length)]);

    private static bool IsOnes(Interpreter c, Expression node) => node is Symbol
    {
        Letter: "1", Alphabet: Alphabet.Bold or Alphabet.Blackboard, IsBare: true,
    } ones && c.Store.Find(ones.Name) is null;

    private static int? LengthOf(Quantity? beside, int dimension) => beside switch
    {
        null or { Rank: 0 } => null,
        { Rank: 1 } => beside.Value.Own[0],
        _ => beside.Value.Own[dimension],
    };
}
