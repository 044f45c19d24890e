using System.Collections.Frozen;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>How each kind of node gets its value: one row each.</summary>
internal static class NodeRules
{
    private static readonly FrozenDictionary<Type, Func<Interpreter, Expression, Scope, Quantity>> Rules =
        new Dictionary<Type, Func<Interpreter, Expression, Scope, Quantity>>
        {
            [typeof(Number)] = (c, node, _) => c.Algebra.Number(((Number)node).Value),
            [typeof(Symbol)] = (c, node, scope) => c.Symbols.Value((Symbol)node, scope),
            [typeof(Annotated)] = (c, node, scope) => c.Evaluate(((Annotated)node).Inner, scope),
            [typeof(Sum)] = (c, node, scope) => ArithmeticRules.Sum(c, (Sum)node, scope),
            [typeof(Product)] = (c, node, scope) => ProductRules.Product(c, (Product)node, scope),
            [typeof(Negation)] = (c, node, scope) => c.Algebra.Negate(c.Evaluate(((Negation)node).Operand, scope)),
            [typeof(Quotient)] = (c, node, scope) => ArithmeticRules.Quotient(c, (Quotient)node, scope),
            [typeof(Power)] = (c, node, scope) => PowerRules.Power(c, (Power)node, scope),
            [typeof(Root)] = (c, node, scope) => PowerRules.Root(c, (Root)node, scope),
            [typeof(Postfix)] = (c, node, scope) => PowerRules.Postfix(c, (Postfix)node, scope),
            [typeof(Infix)] = (c, node, scope) => InfixRules.Infix(c, (Infix)node, scope),
            [typeof(Relation)] = (c, node, scope) => ConditionRules.Relation(c, (Relation)node, scope),
            [typeof(Qualified)] = (c, node, scope) => node is Qualified { Word: not "for" } qualified
                ? c.Evaluate(qualified.Statement, scope) : throw NoValue(node, "what runs behind \"for\" here has"),
            [typeof(Call)] = (c, node, scope) => CallRules.Call(c, (Call)node, scope),
            [typeof(Element)] = (c, node, scope) => BracketRules.Element(c, (Element)node, scope),
            [typeof(BigOperator)] = (c, node, scope) => OperatorRules.Operator(c, (BigOperator)node, scope),
            [typeof(Expectation)] = (c, node, scope) => ExpectationRules.Expectation(c, (Expectation)node, scope),
            [typeof(Derivative)] = (c, node, scope) => DerivativeRules.Derivative(c, (Derivative)node, scope),
            [typeof(Gradient)] = (c, node, scope) => DerivativeRules.Gradient(c, (Gradient)node, scope),
            [typeof(Delimited)] = (c, node, scope) => BracketRules.Delimited(c, (Delimited)node, scope),
            [typeof(Collection)] = (c, node, scope) => BracketRules.Collection(c, (Collection)node, scope),
            [typeof(MatrixLiteral)] = (c, node, scope) => BracketRules.Matrix(c, (MatrixLiteral)node, scope),
            [typeof(Cases)] = (c, node, scope) => ConditionRules.Cases(c, (Cases)node, scope),
        }.ToFrozenDictionary();

    /// <summary>The value of a node.</summary>
    /// <exception cref="FormulaException">It has none.</exception>
    public static Quantity Evaluate(Interpreter interpreter, Expression node, Scope scope) =>
        Rules.TryGetValue(node.GetType(), out var rule)
            ? rule(interpreter, node, scope)
            : throw NoValue(node, node switch
            {
                Words words => $"the words '{words.Value}' have",
                Ellipsis => "dots that leave something out have",
                _ => $"a {node.GetType().Name} has",
            });

    /// <summary>The error of something that is no number.</summary>
    public static FormulaException NoValue(Expression node, string what) =>
        new($"{what} no value that could be computed.", node.Source.Start, "numbers");
}
