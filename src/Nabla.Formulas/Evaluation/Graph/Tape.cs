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
    private bool isDifferentiated;

    /// <summary>What the formula may take.</summary>
    public Budget Budget => budget;

    /// <summary>The operations of the results so far, beside what each costs however small.</summary>
    public long Operations { get; private set; }

    /// <summary>
    /// Whether it is the same for other numbers of the variables: rules alone have read what came of them.
    /// </summary>
    public bool IsForAllNumbers => !isDifferentiated && nodes.TrueForAll(node => !node.Wants || !node.IsRead);

    /// <summary>A number that nothing is differentiated by.</summary>
    public Node Constant(double value) => Constant([], [value]);

    /// <summary>Numbers that nothing is differentiated by.</summary>
    public Node Constant(Shape shape, double[] values)
    {
        Charge(values.Length, 1);
        return Keep(new Node(shape, values) { Engine = ToEngine(shape, values), Order = nodes.Count });
    }

    /// <summary>Numbers through which no derivative goes; if the graph is shown, how they were decided.</summary>
    public Node Decided(Shape shape, double[] values, IDecision? decision, params Node[] inputs)
    {
        if (!IsShown || decision is null || Array.Exists(inputs, input => input.Engine is null))
            return Constant(shape, values);
        Charge(values.Length, 1);
        Tensor[] tensors = [.. inputs.Select(input => input.Engine!)];
        return Keep(new Node(shape, values)
        {
            Engine = new DecisionOp(decision, shape, values, tensors).Apply(),
            Order = nodes.Count,
        });
    }

    /// <summary>Whether the engine's graph is shown, decisions too.</summary>
    public bool IsShown => options is { Trace: not null, Decisions: true };

    /// <summary>Numbers that the formula is differentiated by.</summary>
    public Node Variable(Shape shape, double[] values)
    {
        Charge(values.Length, 1);
        Tensor? parameter = ToEngine(shape, values) is { } tensor ? new Parameter(tensor) : null;
        return Keep(new Node(shape, values) { Engine = parameter, Order = nodes.Count, Wants = true });
    }

    /// <summary>
    /// A result. <paramref name="engine"/> computes it by the engine from the inputs' tensors; null where the engine
    /// has no such operation.
    /// </summary>
    public Node Add(Shape shape, Func<Tensor[], Tensor>? engine, IRule rule, params Node[] inputs) =>
        Add(new double[shape.ElementCount], shape, engine, rule, inputs);

    /// <summary>The numbers of another result, where they lie, under another shape.</summary>
    public Node AddView(Shape shape, Func<Tensor[], Tensor> engine, IRule rule, Node input) =>
        Add(input.Numbers, shape, engine, rule, input);

    /// <summary>Counts work before it is done.</summary>
    /// <exception cref="FormulaException">It is too much.</exception>
    public void Charge(long newNumbers, long newOperations)
    {
        Operations += newOperations;
        budget.Charge("evaluating", newOperations, newNumbers);
    }

    /// <summary>
    /// Takes the derivative of the sum of all entries of <paramref name="y"/> back to everything before it.
    /// </summary>
    public void Differentiate(Node y)
    {
        isDifferentiated = true;
        foreach (Node node in nodes)
            node.ForgetSlope();
        if (!y.Wants)
            return;
        Array.Fill(y.Slope(), 1);
        for (int i = y.Order; i >= 0; i--)
            if (nodes[i] is { Wants: true, Rule: { } rule, Gradient: { } dy } node)
                rule.Backward(node, dy);
    }

    /// <summary>Computes all results up to one again, whose variables have other numbers now.</summary>
    public void RunAgain(Node y)
    {
        for (int i = 0; i <= y.Order; i++)
            if (nodes[i] is { Wants: true, Rule: { } rule } node)
                rule.Forward(node);
    }

    private Node Add(double[] values, Shape shape, Func<Tensor[], Tensor>? engine, IRule rule, params Node[] inputs)
    {
        bool wants = false;
        foreach (Node input in inputs)
            wants |= input.Wants;
        var node = new Node(shape, values) { Inputs = inputs, Rule = rule, Wants = wants, Order = nodes.Count };
        rule.Forward(node);
        if (options.HasEngine)
            node.Engine = engine is not null ? ByEngine(engine, inputs) : wants ? null : ToEngine(shape, values);
        return Keep(node);
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

    private Tensor? ToEngine(Shape shape, double[] values)
    {
        if (!options.HasEngine)
            return null;
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = (float)values[i];
        return new Tensor(floats, shape);
    }

    private Node Keep(Node node)
    {
        budget.Charge("evaluating", OperationsOfNode, NumbersOfNode);
        nodes.Add(node);
        return node;
    }
}
