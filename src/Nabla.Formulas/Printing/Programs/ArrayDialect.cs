using System.Globalization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>
/// How a programming language says what formulas compute. <see cref="ProgramBuilder"/> decides what is said.
/// </summary>
internal abstract class ArrayDialect
{
    /// <summary>The name of the language in errors.</summary>
    public abstract string Name { get; }

    /// <summary>A number as it was written.</summary>
    public abstract Term Number(double value, string text);

    /// <summary>π or e.</summary>
    public abstract Term Constant(string letter);

    /// <summary>−x.</summary>
    public virtual Term Negate(Term x) =>
        x with { Text = "-" + x.In(Tightness.Power), Tightness = Tightness.Unary, Value = -x.Value };

    /// <summary>a + b, a - b, a * b or a / b, element by element.</summary>
    public virtual Term Combine(char sign, Term a, Term b) => Joined(sign, a, b);

    /// <summary>The same of whole numbers: indices and bounds.</summary>
    public Term CombineWhole(char sign, Term a, Term b) => Joined(sign, a, b) with
    {
        Value = sign switch { '+' => a.Value + b.Value, '-' => a.Value - b.Value, _ => a.Value * b.Value },
    };

    /// <summary>aᵇ, element by element.</summary>
    public abstract Term Power(Term a, Term b);

    /// <summary>
    /// A function of every element, by the name of <see cref="Trees.KnownFunctions"/>; null if there is none.
    /// </summary>
    public abstract Term? Map(string function, Term x);

    /// <summary>A function of a list by its name: median, cumsum; null if there is none.</summary>
    public virtual Term? OfList(string function, Term x) => null;

    /// <summary>A function of two numbers, element by element: atan2, mod; null if there is none.</summary>
    public virtual Term? Zip(string function, Term a, Term b) => null;

    /// <summary>In how many ways k are chosen of n; null if the language has no function for it.</summary>
    public virtual Term? Choose(Term n, Term k) => null;

    /// <summary>All elements into one: sum, mean, prod, max, min, var, std, sample_var, sample_std,
    /// logsumexp, norm.</summary>
    public abstract Term Reduce(string reduction, Term x);

    /// <summary>
    /// A reduction, or the p-norm, of each row or column of a matrix; null if the language cannot say it.
    /// </summary>
    public virtual Term? ReduceRows(string reduction, double p, Term x, RowSense sense) => null;

    /// <summary>‖x‖ₚ over all elements.</summary>
    public abstract Term Norm(Term x, double p);

    /// <summary>Softmax over the last dimension, or its logarithm.</summary>
    public abstract Term Softmax(Term x, bool isLog);

    /// <summary>The larger, or the smaller, of two, element by element.</summary>
    public abstract Term Extreme(bool isMax, Term a, Term b);

    /// <summary>The product of matrices and vectors; the ranks say which.</summary>
    public abstract Term MatrixProduct(Term a, Term b);

    /// <summary>a bᵀ of two vectors.</summary>
    public abstract Term Outer(Term a, Term b);

    /// <summary>a ⊗ b of two matrices; null if the language has no function for it.</summary>
    public virtual Term? Kronecker(Term a, Term b) => null;

    /// <summary>a · b of which nothing is known: the dot product of vectors, the product of numbers.</summary>
    public virtual Term Dot(Term a, Term b) => Combine('*', a, b);

    /// <summary>The last two dimensions exchanged.</summary>
    public abstract Term Transpose(Term x);

    /// <summary>Of a square matrix: inverse, det, trace, diag.</summary>
    public abstract Term OfMatrix(string function, Term x);

    /// <summary>The identity matrix that fits beside another.</summary>
    public abstract Term Identity(Term beside);

    /// <summary>A comparison by its Unicode sign, 1 where it holds and 0 elsewhere.</summary>
    public abstract Term Compare(string sign, Term a, Term b);

    /// <summary>One value where a condition holds, else another.</summary>
    public abstract Term Where(Term condition, Term a, Term b);

    /// <summary>A position counted from 0, of one that is counted from 1.</summary>
    protected static string Place(Term position)
    {
        const string Next = " + 1";
        return position.Value is { } value ? (value - 1).ToString(CultureInfo.InvariantCulture)
            : position.Text.EndsWith(Next, StringComparison.Ordinal) ? position.Text[..^Next.Length]
            : $"{position.In(Tightness.Additive)} - 1";
    }

    /// <summary>The elements at positions counted from 1; dimensions behind them stay.</summary>
    public abstract Term Element(Term table, IReadOnlyList<Term> positions);

    /// <summary>The size of a dimension, counted from 0.</summary>
    public abstract Term Size(Term table, int dimension);

    /// <summary>A number as an index or a bound.</summary>
    public abstract Term Whole(Term x);

    /// <summary>
    /// The values of a body for an index from one whole number to another: added, multiplied, the largest, …, or listed
    /// along a new first dimension.
    /// </summary>
    public abstract Term Fold(Fold fold, Func<Term, Term> body);

    /// <summary>Terms of one shape along a new first dimension.</summary>
    public abstract Term Stack(IReadOnlyList<Term> parts);

    /// <summary>Vectors one after another.</summary>
    public abstract Term Concat(IReadOnlyList<Term> parts);

    /// <summary>How a symbol is called in a program.</summary>
    public abstract string Identifier(string name);

    private static Term Joined(char sign, Term a, Term b)
    {
        Tightness tightness = sign is '+' or '-' ? Tightness.Additive : Tightness.Multiplicative;
        Tightness right = sign is '-' or '/' or '*' ? tightness + 1 : tightness;
        return new($"{a.In(tightness)} {sign} {b.In(right)}", tightness, Math.Max(a.Rank, b.Rank))
        {
            IsPlain = a.IsPlain && b.IsPlain,
            IsRow = a.IsRow && (b.IsRow || b.Rank == 0) || b.IsRow && a.Rank == 0,
        };
    }

    /// <summary>A parameter.</summary>
    public virtual Term Parameter(string identifier, int rank, int[]? sizes) =>
        new(identifier, Tightness.Primary, rank) { Sizes = sizes };
}

/// <summary>What is done with the values of a body, and over which index.</summary>
/// <param name="Kind">sum, prod, max, min, argmax, argmin or list.</param>
/// <param name="Index">The letter that runs, as an identifier.</param>
/// <param name="From">Its first value.</param>
/// <param name="To">Its last value.</param>
internal sealed record Fold(string Kind, string Index, Term From, Term To);
