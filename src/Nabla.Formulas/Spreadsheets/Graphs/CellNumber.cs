using Nabla.Numerics;

namespace Nabla.Formulas.Spreadsheets.Graphs;

/// <summary>
/// A number that writes down what is done to it in the language of spreadsheets. The reference of an op, run on numbers
/// of this type, gives the formulas of its cells, so that what a cell computes is what the engine computes.
/// </summary>
internal readonly struct CellNumber : IReal<CellNumber>
{
    private readonly CellExpression? expression;

    public CellNumber(CellExpression expression) => this.expression = expression;

    /// <summary>What was done so far.</summary>
    public CellExpression Expression => expression ?? new CellExpression.Constant(0);

    /// <inheritdoc/>
    public static implicit operator CellNumber(double value) => new(new CellExpression.Constant(value));

    /// <inheritdoc/>
    public static CellNumber operator +(CellNumber a, CellNumber b) => (a.Constant, b.Constant) switch
    {
        ({ } x, { } y) => x + y,
        (0, _) => b,
        (_, 0) => a,
        _ => b.Expression is CellExpression.Minus minus
            ? new(new CellExpression.Plus(a.Expression, minus.Operand, true))
            : new(new CellExpression.Plus(a.Expression, b.Expression, false)),
    };

    /// <inheritdoc/>
    public static CellNumber operator -(CellNumber a, CellNumber b) => (a.Constant, b.Constant) switch
    {
        ({ } x, { } y) => x - y,
        (0, _) => -b,
        (_, 0) => a,
        _ => new(new CellExpression.Plus(a.Expression, b.Expression, true)),
    };

    /// <inheritdoc/>
    public static CellNumber operator *(CellNumber a, CellNumber b) => (a.Constant, b.Constant) switch
    {
        ({ } x, { } y) => x * y,
        (1, _) => b,
        (_, 1) => a,
        _ => new(new CellExpression.Times(a.Expression, b.Expression)),
    };

    /// <inheritdoc/>
    public static CellNumber operator /(CellNumber a, CellNumber b) => (a.Constant, b.Constant) switch
    {
        ({ } x, { } y) => x / y,
        (_, 1) => a,
        _ => new(new CellExpression.Over(a.Expression, b.Expression)),
    };

    /// <inheritdoc/>
    public static CellNumber operator -(CellNumber a) =>
        a.Constant is { } x ? (CellNumber)(-x) : new(new CellExpression.Minus(a.Expression));

    /// <inheritdoc/>
    public static CellNumber MultiplyAdd(CellNumber a, CellNumber b, CellNumber c) => a * b + c;

    /// <inheritdoc/>
    public static CellNumber Exp(CellNumber x) => Call("EXP", x);

    /// <inheritdoc/>
    public static CellNumber Log(CellNumber x) => Call("LN", x);

    /// <inheritdoc/>
    public static CellNumber Sqrt(CellNumber x) => Call("SQRT", x);

    /// <inheritdoc/>
    public static CellNumber Tanh(CellNumber x) => Call("TANH", x);

    /// <summary>The ERF of Excel 2007 takes no negative numbers.</summary>
    public static CellNumber Erf(CellNumber x) => Call("SIGN", x) * Call("ERF", Call("ABS", x));

    /// <inheritdoc/>
    public static CellNumber Sin(CellNumber x) => Call("SIN", x);

    /// <inheritdoc/>
    public static CellNumber Cos(CellNumber x) => Call("COS", x);

    /// <inheritdoc/>
    public static CellNumber Atan(CellNumber x) => Call("ATAN", x);

    /// <inheritdoc/>
    public static CellNumber Expm1(CellNumber x) => Exp(x) - 1;

    /// <inheritdoc/>
    public static CellNumber Log1p(CellNumber x) => Log(1 + x);

    /// <inheritdoc/>
    public static CellNumber Pow(CellNumber x, CellNumber y) =>
        y.Constant == 1 ? x : new(new CellExpression.Raised(x.Expression, y.Expression));

    /// <summary>INT of a spreadsheet goes down, also below 0.</summary>
    public static CellNumber Floor(CellNumber x) => Call("INT", x);

    /// <summary>ROUND of a spreadsheet takes halves away from 0; here they go to the even number.</summary>
    public static CellNumber Round(CellNumber x)
    {
        CellNumber below = Floor(x + 0.5), tie = WherePositive(Abs(x + 0.5 - below), 0, 1);
        return below - tie * Call("MOD", below, 2);
    }

    /// <inheritdoc/>
    public static CellNumber Abs(CellNumber x) => Call("ABS", x);

    /// <inheritdoc/>
    public static CellNumber Max(CellNumber a, CellNumber b) => Call("MAX", a, b);

    /// <inheritdoc/>
    public static CellNumber Min(CellNumber a, CellNumber b) => Call("MIN", a, b);

    /// <inheritdoc/>
    public static CellNumber WherePositive(CellNumber x, CellNumber yes, CellNumber no) => x.Expression switch
    {
        CellExpression.Constant known => known.Value > 0 ? yes : no,
        // Of a condition as 1 and 0 the condition itself.
        CellExpression.Choice { Yes: CellExpression.Constant { Value: 1 }, No: CellExpression.Constant { Value: 0 } }
            condition => new(condition with { Yes = yes.Expression, No = no.Expression }),
        CellExpression.Choice { Yes: CellExpression.Constant { Value: 0 }, No: CellExpression.Constant { Value: 1 } }
            condition => new(condition with
            {
                Yes = yes.Expression,
                No = no.Expression,
                IsTurned = !condition.IsTurned,
            }),
        // Of two numbers the larger, or the smaller: written so that a long list of them is one call.
        CellExpression.Plus { IsMinus: true } ends when AreThese(ends.Left, ends.Right, yes, no) =>
            Call("MAX", no, yes),
        CellExpression.Plus { IsMinus: true } ends when AreThese(ends.Right, ends.Left, yes, no) =>
            Call("MIN", no, yes),
        var number => new(new CellExpression.Choice(number, yes.Expression, no.Expression)),
    };

    private static bool AreThese(CellExpression first, CellExpression second, CellNumber a, CellNumber b) =>
        ReferenceEquals(first, a.Expression) && ReferenceEquals(second, b.Expression);

    private double? Constant => Expression is CellExpression.Constant constant ? constant.Value : null;

    private static CellNumber Call(string function, params ReadOnlySpan<CellNumber> arguments)
    {
        var expressions = new CellExpression[arguments.Length];
        for (int i = 0; i < expressions.Length; i++)
            expressions[i] = arguments[i].Expression;
        return new(new CellExpression.Call(function, expressions));
    }
}
