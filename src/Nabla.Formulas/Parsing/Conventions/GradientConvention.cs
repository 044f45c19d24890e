using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What ∇ reaches: signs behind its operand act on the gradient.</summary>
internal static class GradientConvention
{
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
