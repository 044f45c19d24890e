using FsCheck;
using FsCheck.Fluent;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Symbolics;

public class SimplifierLawTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(40)
        .WithReplay(1, 1);

    private static readonly (double X, double Y, double Z)[] Points =
        [(0.713, 1.337, 2.119), (-0.613, 0.427, 1.71), (1.93, -1.17, 0.311), (-0.317, -2.323, -0.911)];

    [Fact]
    public void Simplifying_keeps_the_value_wherever_there_is_one() => ForAll(tree =>
    {
        Expression simple = Simplifier.Simplify(tree);
        return Points.All(point => IsSame(ValueAt(tree, point), ValueAt(simple, point)))
            .Label($"{Shown.Of(tree)}  →  {Shown.Of(simple)}");
    });

    [Fact]
    public void Simplifying_twice_changes_nothing() => ForAll(tree =>
    {
        Expression once = Simplifier.Simplify(tree), twice = Simplifier.Simplify(once);
        return (Shown.Of(once) == Shown.Of(twice))
            .Label($"{Shown.Of(tree)}  →  {Shown.Of(once)}  →  {Shown.Of(twice)}");
    });

    [Fact]
    public void Derivatives_are_the_slopes() => ForAll(tree =>
    {
        SymbolicDerivative? derivative = Differentiator.Derivative(tree, new Symbol("x"));
        return (derivative is null || Points.All(point => IsSlope(tree, derivative.Formula, point)))
            .Label($"{Shown.Of(tree)}  →  {(derivative is null ? "" : Shown.Of(derivative.Formula))}");
    });

    private static void ForAll(Func<Expression, Property> law) =>
        Check.One(Many, Prop.ForAll(RandomTrees.Scalar, random => law(random.Tree)));

    private static double ValueAt(Expression tree, (double X, double Y, double Z) point) =>
        ScalarValue.Of(tree, name => name switch { "x" => point.X, "y" => point.Y, _ => point.Z });

    // What is no number or huge says nothing.
    private static bool IsSame(double before, double after) =>
        !double.IsFinite(before) || Math.Abs(before) is > 1e8 or (> 0 and < 1e-50)
        || Math.Abs(after - before) <= 1e-6 * (1 + Math.Abs(before));

    private static bool IsSlope(Expression tree, Expression derivative, (double X, double Y, double Z) point)
    {
        const double Step = 1e-4;
        double At(double shift) => ValueAt(tree, (point.X + shift, point.Y, point.Z));
        // Where two steps disagree there is a corner, a pole, or the function is too steep to say.
        double near = (At(Step) - At(-Step)) / (2 * Step), far = (At(2 * Step) - At(-2 * Step)) / (4 * Step);
        double left = (At(0) - At(-Step)) / Step;
        if (!double.IsFinite(near + far) || Math.Abs(At(0)) > 1e4 || Math.Abs(near) > 1e4
            || Math.Abs(near - far) > 1e-4 * (1 + Math.Abs(near)) || Math.Abs(near - left) > 0.1 * (1 + Math.Abs(near)))
            return true;
        double found = ValueAt(derivative, point);
        return !double.IsFinite(found) || Math.Abs(found - near) <= 1e-3 * (1 + Math.Abs(near));
    }
}
