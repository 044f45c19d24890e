using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Other signs between operands: sets, logic, mod.</summary>
internal static class InfixRules
{
    private static readonly Dictionary<string, Func<Interpreter, Quantity, Quantity, Quantity>> Signs =
        new(StringComparer.Ordinal)
        {
            ["mod"] = (c, a, b) => c.Algebra.Zip(BinaryRule<Remainder>.Instance, a, b, "mod"),
            ["∪"] = (c, a, b) => Set(c, Values(a).Union(Values(b))),
            ["∩"] = (c, a, b) => Set(c, Values(a).Intersect(Values(b))),
            ["∖"] = (c, a, b) => Set(c, Values(a).Except(Values(b))),
            ["∧"] = (c, a, b) => c.Algebra.Multiply(a, b),
            ["∨"] = (c, a, b) => c.Algebra.Zip(BinaryRule<Maximum>.Instance, a, b, "∨"),
            ["⊕"] = (c, a, b) => a.Rank > 0 && b.Rank > 0
                ? Lists.Join(c.Algebra, [a, b])
                : c.Algebra.Zip(ConstantPairRule.Holds((x, y) => x != y), a, b, "⊕"),
            ["‖"] = (c, a, b) => Lists.Join(c.Algebra, [a, b]),
            ["∘"] = (c, a, b) => c.Algebra.Multiply(a, b),
        };

    /// <summary>The operands from left to right.</summary>
    public static Quantity Infix(Interpreter c, Infix infix, Scope scope)
    {
        if (infix is { Sign: "¬", Operands: [var denied] })
            return c.Algebra.Subtract(c.Algebra.Number(1), c.Evaluate(denied, scope));
        if (infix.Sign is "±" or "∓")
            return Both(c, infix, scope);
        if (!Signs.TryGetValue(infix.Sign, out var rule) || infix.Operands.Count < 2)
            throw NodeRules.NoValue(infix, $"an expression with {infix.Sign} has");
        Quantity value = c.Evaluate(infix.Operands[0], scope);
        foreach (Expression operand in infix.Operands.Skip(1))
            value = rule(c, value, c.Evaluate(operand, scope));
        return value;
    }

    // μ ± z: both values, those of the upper signs first.
    private static Quantity Both(Interpreter c, Infix infix, Scope scope)
    {
        Quantity[] values = [.. infix.Operands.Select(operand => c.Evaluate(operand, scope))];
        if (values.Length is 0 or > 2 || !values.All(value => value.IsNumber))
            throw NodeRules.NoValue(infix, "± stands for two values; something with it and lists has");
        c.Note("± stands for two values: the first is that of the upper signs.");
        Quantity first = values.Length == 2 ? values[0] : c.Algebra.Number(0);
        Quantity[] both = [c.Algebra.Add(first, values[^1]), c.Algebra.Subtract(first, values[^1])];
        return Lists.Join(c.Algebra, infix.Sign == "±" ? both : [both[1], both[0]]);
    }

    private static double[] Values(Quantity set) => set.Rank == 1 && set.Axes.Length == 0
        ? set.Node.Values
        : throw new FormulaException($"a set must be a list of numbers, but its shape is {set.Node.Shape}.");

    private static Quantity Set(Interpreter c, IEnumerable<double> values)
    {
        c.Note("lists between ∪, ∩ and ∖ are sets of numbers.");
        return c.Algebra.Vector([.. values.Distinct()]);
    }
}
