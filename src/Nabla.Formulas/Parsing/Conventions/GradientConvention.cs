using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What ∇ reaches: signs behind its operand act on the gradient.</summary>
internal static class GradientConvention
{
    /// <summary>Whether what stands behind a ∇ is a number before all that it is taken of: ½ in ∇_w ½‖w‖².</summary>
    public static bool IsConstant(Expression of, IReadOnlyList<Expression> variables) =>
        of.All().All(node => node is not (Call or Derivative or Gradient or Expectation or BigOperator))
        && !of.All().OfType<Symbol>().Any(symbol => variables.Count == 0
            || variables.OfType<Symbol>().Any(by => symbol.Letter == by.Letter));

    /// <summary>∇f(x)ᵀ is the transposed gradient.</summary>
    public static Expression Of(GradientKind kind, NodeList<Expression> variables, Expression of) => of switch
    {
        Postfix { Sign: PostfixSign.Transpose } postfix =>
            postfix with { Operand = new Gradient(kind, variables, postfix.Operand) { Source = of.Source } },
        Postfix { Sign: PostfixSign.Inverse } postfix =>
            postfix with { Operand = new Gradient(kind, variables, postfix.Operand) { Source = of.Source } },
        _ => new Gradient(kind, variables, of),
    };
}
