using System.Globalization;
using Nabla.Numerics;

namespace Nabla.Tensors.Reference;

/// <summary>
/// A number that writes down what is done to it. An elementwise op's body, run on variables of this type, prints its
/// own formula, so the formula shown is the code that runs.
/// </summary>
public readonly struct Formula : IReal<Formula>
{
    // How tightly the outermost operation binds.
    private const int Sum = 1, Product = 2, Prefix = 3, Atom = 4;

    private readonly string? text;
    private readonly int binding;

    private Formula(string text, int binding)
    {
        this.text = text;
        this.binding = binding;
    }

    /// <summary>A variable with this name.</summary>
    public static Formula Variable(string name) => new(name, Atom);

    /// <inheritdoc/>
    public static implicit operator Formula(double value) => value < 0
        ? new('−' + Number(-value), Prefix)
        : new(Number(value), Atom);

    /// <inheritdoc/>
    public static Formula operator +(Formula a, Formula b) => new($"{a} + {b.Within(Product)}", Sum);

    /// <inheritdoc/>
    public static Formula operator -(Formula a, Formula b) => new($"{a} − {b.Within(Product)}", Sum);

    /// <inheritdoc/>
    public static Formula operator *(Formula a, Formula b) => new($"{a.Within(Product)}·{b.Within(Prefix)}", Product);

    /// <inheritdoc/>
    public static Formula operator /(Formula a, Formula b) => new($"{a.Within(Product)}/{b.Within(Prefix)}", Product);

    /// <inheritdoc/>
    public static Formula operator -(Formula a) =>
        new('−' + a.Within(Product), a.binding == Product ? Product : Prefix);

    /// <inheritdoc/>
    public static Formula MultiplyAdd(Formula a, Formula b, Formula c) => a * b + c;

    /// <inheritdoc/>
    public static Formula Exp(Formula x) => Call("exp", x);

    /// <inheritdoc/>
    public static Formula Log(Formula x) => Call("log", x);

    /// <inheritdoc/>
    public static Formula Sqrt(Formula x) => new(x.binding == Atom ? $"√{x}" : $"√({x})", Atom);

    /// <inheritdoc/>
    public static Formula Tanh(Formula x) => Call("tanh", x);

    /// <inheritdoc/>
    public static Formula Erf(Formula x) => Call("erf", x);

    /// <inheritdoc/>
    public static Formula Sin(Formula x) => Call("sin", x);

    /// <inheritdoc/>
    public static Formula Cos(Formula x) => Call("cos", x);

    /// <inheritdoc/>
    public static Formula Atan(Formula x) => Call("atan", x);

    /// <inheritdoc/>
    public static Formula Expm1(Formula x) => Exp(x) - 1;

    /// <inheritdoc/>
    public static Formula Log1p(Formula x) => Log(1 + x);

    /// <inheritdoc/>
    public static Formula Pow(Formula x, Formula y) => new($"{x.Within(Atom)}^{y.Within(Atom)}", Prefix);

    /// <inheritdoc/>
    public static Formula Floor(Formula x) => new($"⌊{x}⌋", Atom);

    /// <inheritdoc/>
    public static Formula Round(Formula x) => Call("round", x);

    /// <inheritdoc/>
    public static Formula Abs(Formula x) => new($"|{x}|", Atom);

    /// <inheritdoc/>
    public static Formula Max(Formula a, Formula b) => new($"max({a}, {b})", Atom);

    /// <inheritdoc/>
    public static Formula Min(Formula a, Formula b) => new($"min({a}, {b})", Atom);

    /// <inheritdoc/>
    public static Formula WherePositive(Formula x, Formula yes, Formula no) => new($"({x} > 0 ? {yes} : {no})", Atom);

    /// <summary>The formula so far.</summary>
    public override string ToString() => text ?? "0";

    private static Formula Call(string function, Formula x) => new($"{function}({x})", Atom);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "∞" : value.ToString("G9", CultureInfo.InvariantCulture);

    private string Within(int atLeast) => text is null || binding >= atLeast ? ToString() : $"({text})";
}
