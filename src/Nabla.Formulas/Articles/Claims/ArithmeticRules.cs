using System.Numerics;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>The four operations and powers: exact for whole numbers, element by element for lists.</summary>
internal static class ArithmeticRules
{
    private const int MostBits = 20_000;

    public static Quantity Add(Quantity a, Quantity b, bool isMinus)
    {
        if (a.IsList || b.IsList)
            return Each(a, b, (x, y) => Add(x, y, isMinus));
        return Result(isMinus ? a.Real - b.Real : a.Real + b.Real, a, b) with
        {
            Whole = a.Whole is { } x && b.Whole is { } y ? isMinus ? x - y : x + y : null,
            Slack = a.Slack + b.Slack,
        };
    }

    public static Quantity Multiply(Quantity a, Quantity b)
    {
        if (a.IsList && b.IsList)
            throw new OverflowException(); // a dot product or element by element: not said
        if (a.IsList || b.IsList)
            return Each(a, b, Multiply);
        return Result(a.Real * b.Real, a, b) with
        {
            Whole = a.Whole is { } x && b.Whole is { } y && x.GetBitLength() + y.GetBitLength() < MostBits ? x * y
                : null,
            Slack = Math.Abs(a.Real) * b.Slack + Math.Abs(b.Real) * a.Slack,
        };
    }

    public static Quantity Divide(Quantity a, Quantity b)
    {
        if (b.IsList || b.Real == 0)
            throw new DivideByZeroException();
        if (a.IsList)
            return Each(a, b, Divide);
        bool isExact = a.Whole is { } x && b.Whole is { } y && (x % y).IsZero;
        return Result(a.Real / b.Real, a, b) with
        {
            Whole = isExact ? a.Whole!.Value / b.Whole!.Value : null,
            Slack = (a.Slack + Math.Abs(a.Real / b.Real) * b.Slack) / Math.Abs(b.Real),
        };
    }

    public static Quantity Negate(Quantity a) => a.Items is { } items
        ? Quantity.Of([.. items.Select(Negate)])
        : a with
        {
            Printed = a.Printed is { } printed
                ? printed with { Text = "-" + printed.Text, Value = -printed.Value, Whole = -printed.Whole } : null,
            Whole = -a.Whole,
            Real = -a.Real,
        };

    public static Quantity Power(Quantity a, Quantity b)
    {
        if (a.IsList || b.IsList)
            throw new OverflowException();
        double real = Math.Pow(a.Real, b.Real);
        if (!double.IsFinite(real) && (a.Whole is null || b.Whole is null))
            throw new OverflowException();
        bool isExact = a.Whole is { } x && b.Whole is { Sign: >= 0 } y && y * x.GetBitLength() < MostBits;
        return Result(real, a, b) with
        {
            Whole = isExact ? BigInteger.Pow(a.Whole!.Value, (int)b.Whole!.Value) : null,
            IsOpen = b.IsOpen || a.IsOpen && a.Real != Math.E,
            Slack = a.Slack == 0 && b.Slack == 0 ? 0
                : Math.Abs(Math.Pow(Math.Abs(a.Real) + a.Slack, b.Real + b.Slack) - real),
        };
    }

    public static Quantity Factorial(int n)
    {
        BigInteger product = BigInteger.One;
        for (int i = 2; i <= n; i++)
            product *= i;
        return Quantity.Of(product);
    }

    /// <summary>A function of each number.</summary>
    public static Quantity Apply(Func<double, double> function, Quantity a)
    {
        if (a.Items is { } items)
            return Quantity.Of([.. items.Select(item => Apply(function, item))]);
        double real = function(a.Real);
        if (!double.IsFinite(real))
            throw new OverflowException();
        double slack = a.Slack == 0 ? 0
            : Math.Max(Math.Abs(function(a.Real + a.Slack) - real), Math.Abs(function(a.Real - a.Slack) - real));
        return new Quantity(real) { IsOpen = a.IsOpen, Slack = slack };
    }

    private static Quantity Result(double value, Quantity a, Quantity b) =>
        new(value)
        {
            IsOpen = a.IsOpen || b.IsOpen,
            IsScaled = a.IsScaled || b.IsScaled,
            Bytes = a.Bytes is null && b.Bytes is null ? null : (a.Bytes ?? 0) + (b.Bytes ?? 0),
        };

    private static Quantity Each(Quantity a, Quantity b, Func<Quantity, Quantity, Quantity> join)
    {
        if (a.Items is not { } left)
            return Quantity.Of([.. b.Items!.Select(item => join(a, item))]);
        if (b.Items is not { } right)
            return Quantity.Of([.. left.Select(item => join(item, b))]);
        if (left.Count != right.Count)
            throw new OverflowException();
        return Quantity.Of([.. left.Zip(right, join)]);
    }
}
