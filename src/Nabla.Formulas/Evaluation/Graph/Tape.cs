using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// The computation of a formula as it goes on: every result in order, so that derivatives can be taken backwards
/// (Linnainmaa 1970). It charges the budget for the work, which ends what would take too long.
/// </summary>
internal sealed class Tape(EvaluationOptions options, Budget budget)
{
    private const int OperationsOfNode = 150, NumbersOfNode = 20; // what a node costs, however small

    private readonly List<Node> nodes = [];

    /// <summary>What the formula may take.</summary>
    public Budget Budget => budget;

    /// <summary>A number that nothing is differentiated by.</summary>
    public Node Constant(double value) => Constant([], [value]);

    /// <summary>Numbers that nothing is differentiated by.</summary>
    public Node Constant(Shape shape, double[] values)
    {
        Charge(values.Length, 1);
        return Keep(new Node(shape, values, ToTensor(shape, values)) { Order = nodes.Count });
    }

    /// <summary>Numbers through which no derivative goes; if the graph is shown, how they were decided.</summary>
    public Node Decided(Shape shape, double[] values, IDecision? decision, params Node[] inputs)
    {
        if (!IsShown || decision is null || Array.Exists(inputs, input => input.Engine is null))
            return Constant(shape, values);
        Charge(values.Length, 1);
        Tensor[] tensors = [.. inputs.Select(input => input.Engine!)];
        return Keep(new Node(shape, values, new DecisionOp(decision, shape, values, tensors).Apply())
        {
            Order = nodes.Count,
        });
    }

    /// <summary>Whether the engine's graph is shown, decisions too.</summary>
    public bool IsShown => options is { Trace: not null, Decisions: true };

    /// <summary>Numbers that the formula is differentiated by.</summary>
    public Node Variable(Shape shape, double[] values)
    {
        Charge(values.Length, 1);
        var parameter = new Parameter(ToTensor(shape, values));
        return Keep(new Node(shape, values, parameter) { Order = nodes.Count, Wants = true });
    }

    /// <summary>
    /// A result. <paramref name="engine"/> computes it by the engine from the inputs' tensors; null where the engine
    /// has no such operation.
    /// </summary>
    public Node Add(Shape shape, double[] values, Func<Tensor[], Tensor>? engine, IRule rule, params Node[] inputs)
    {
        bool wants = false;
        foreach (Node input in inputs)
            wants |= input.Wants;
        Tensor? tensor = engine is null
            ? wants ? null : ToTensor(shape, values)
            : ByEngine(engine, inputs);
        return Keep(new Node(shape, values, tensor)
        {
            Inputs = inputs,
            Rule = wants ? rule : null,
            Wants = wants,
            Order = nodes.Count,
        });
    }

    /// <summary>Counts work before it is done.</summary>
    /// <exception cref="FormulaException">It is too much.</exception>
    public void Charge(long newNumbers, long newOperations) =>
        budget.Charge("evaluating", newOperations, newNumbers);

    /// <summary>
    /// Takes the derivative of the sum of all entries of <paramref name="y"/> back to everything before it.
    /// </summary>
    public void Differentiate(Node y)
    {
        foreach (Node node in nodes)
            node.ForgetSlope();
        if (!y.Wants)
            return;
        Array.Fill(y.Slope(), 1);
        for (int i = y.Order; i >= 0; i--)
            if (nodes[i] is { Rule: { } rule, Gradient: { } dy } node)
                rule.Backward(node, dy);
    }

    private static Tensor? ByEngine(Func<Tensor[], Tensor> engine, Node[] inputs)
    {
        var tensors = new Tensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Engine is not { } tensor)
                return null;
            tensors[i] = tensor;
        }
        try
        {
            return engine(tensors);
        }
        catch (ArgumentException)
        {
            return null; // a matrix that is singular in float32, say; the doubles go on without the engine
        }
    }

    private static Tensor ToTensor(Shape shape, double[] values)
    {
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = (float)values[i];
        return new Tensor(floats, shape);
    }

    private Node Keep(Node node)
    {
        Charge(NumbersOfNode, OperationsOfNode);
        nodes.Add(node);
        return node;
    }
}
