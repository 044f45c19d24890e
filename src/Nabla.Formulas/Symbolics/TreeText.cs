using System.Globalization;
using System.Text;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// What a tree says as a text: equal for equal trees, so that terms can be found and put in an order.
/// </summary>
internal static class TreeText
{
    /// <summary>A text that two trees have in common only if they say the same.</summary>
    public static string Of(Expression tree)
    {
        var text = new StringBuilder();
        Write(text, tree);
        return text.ToString();
    }

    /// <summary>
    /// The names and numbers in a tree, by which terms and factors are put in an order that one expects.
    /// </summary>
    public static string Names(Expression tree) => tree switch
    {
        Symbol symbol => symbol.Name,
        Number number => number.Text,
        _ => string.Join(' ', tree.Children.Select(Names)),
    };

    /// <summary>About how many signs a reader sees: the measure by which the shorter of two forms is found.</summary>
    public static int Length(Expression tree) => tree switch
    {
        Number number => number.Text.Length,
        Symbol symbol => 1 + symbol.Accents.Count + symbol.Primes + symbol.Subscripts.Count + symbol.Superscripts.Count,
        Negation negation => 1 + Enclosed(negation.Operand, negation.Operand is Sum),
        Sum sum => sum.Terms.Sum(Length) + sum.Terms.Skip(1).Count(term => term is not Negation),
        Product product => product.Factors.Sum(factor => Enclosed(factor, factor is Sum or Negation))
            + (product.Sign == ProductSign.None ? 0 : product.Factors.Count - 1),
        Quotient quotient => 1 + Enclosed(quotient.Numerator, quotient.Numerator is Sum)
            + Enclosed(quotient.Denominator, quotient.Denominator is Sum or Product or Quotient),
        Power power => Length(power.Exponent)
            + Enclosed(power.Base, power.Base is Sum or Product or Quotient or Negation),
        Call call => 3 + call.Arguments.Sum(Length),
        Root or Postfix or Delimited => 1 + tree.Children.Sum(Length),
        _ => 2 + tree.Children.Sum(Length),
    };

    /// <summary>How many nodes a tree has, as far as that matters.</summary>
    public static bool IsLargerThan(Expression tree, int most)
    {
        int count = 0;
        foreach (Expression _ in tree.All())
            if (++count > most)
                return true;
        return false;
    }

    /// <summary>How many nodes lie one below the other at most.</summary>
    public static int Depth(Expression tree) => 1 + tree.Children.Select(Depth).DefaultIfEmpty(0).Max();

    private static int Enclosed(Expression part, bool hasBrackets) => Length(part) + (hasBrackets ? 2 : 0);

    private static void Write(StringBuilder text, Expression tree)
    {
        switch (tree)
        {
            case Symbol symbol:
                text.Append(symbol.Name);
                if (Functions.IsEuler(symbol))
                    text.Append('!');
                return;
            case Number number:
                text.Append('#').Append(number.Value.ToString("R", CultureInfo.InvariantCulture));
                return;
            default:
                text.Append('(').Append(Head(tree));
                foreach (Expression child in tree.Children)
                {
                    text.Append(' ');
                    Write(text, child);
                }
                text.Append(')');
                return;
        }
    }

    // What a node says besides its children.
    private static string Head(Expression tree) => tree switch
    {
        Product product => $"Product.{product.Sign}",
        Postfix postfix => $"Postfix.{postfix.Sign}",
        Infix infix => $"Infix.{infix.Sign}",
        Words words => $"Words.{words.Value}",
        Call call => $"Call.{string.Join(' ', call.Separators)}",
        Delimited part => $"{part.Kind}.{part.Items.Count}",
        Collection list => $"{list.Kind}.{list.Items.Count}.{Head(list.Range)}",
        Cases cases => $"Cases.{cases.Values.Count}",
        BigOperator big => $"{big.Kind}.{Head(big.Range)}",
        Expectation mean => $"{mean.Kind}.{mean.Over.Count}.{mean.Arguments.Count}",
        Derivative derivative => $"Derivative.{derivative.IsPartial}.{derivative.Of is null}",
        Gradient gradient => $"Gradient.{gradient.Kind}.{gradient.Of is null}",
        Relation relation => $"Relation.{string.Join(' ', relation.Operators)}",
        _ => tree.GetType().Name,
    };

    private static string Head(Trees.Range? range) => range is null ? ""
        : $"{range.Variables.Count}{range.From is null}{range.To is null}"
            + $"{range.Domain is null}{range.Condition is null}";
}
