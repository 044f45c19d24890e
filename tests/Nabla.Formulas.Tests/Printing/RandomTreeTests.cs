using FsCheck;
using FsCheck.Fluent;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Tests.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>What is printed of trees that nobody wrote reads as the same value.</summary>
public class RandomTreeTests
{
    private const double X = 0.713, Y = 1.337, Z = 2.119;

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(30)
        .WithReplay(1, 1);

    [Fact]
    public void The_text_of_any_tree_reads_as_the_same_value() =>
        Check.One(Many, Prop.ForAll(RandomTrees.Scalar, random =>
        {
            string printed = FormulaPrinter.Text(random.Tree);
            return (HasLabel(random.Tree) || IsSame(ValueOf(random.Tree), ValueOf(Formula.Parse(printed).Tree)))
                .Label($"{random} is written {printed}");
        }));

    // y¹ is the first y by custom, and (…)⁻¹ an inverse.
    private static bool HasLabel(Expression tree) => tree.All().Any(node => node is Power
    {
        Exponent: Number { Value: 1 } or Negation { Operand: Number { Value: 1 } },
    });

    private static double ValueOf(Expression tree) =>
        ScalarValue.Of(tree, name => name switch { "x" => X, "y" => Y, _ => Z });

    private static bool IsSame(double before, double after) => !double.IsFinite(before) || Math.Abs(before) > 1e12
        || Math.Abs(after - before) <= 1e-9 * (1 + Math.Abs(before));
}
