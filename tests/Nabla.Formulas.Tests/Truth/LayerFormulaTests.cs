using System.Reflection;
using Nabla.Formulas.Evaluation;
using Nabla.Learning.Layers;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>
/// The formula that a layer states is what it computes, and the formula's derivatives by its inputs and weights are
/// those of its backward pass.
/// </summary>
public class LayerFormulaTests
{
    private static readonly LayerRow[] Rows = [.. LayerRows.All()];

    // Layers that are given functions or made of layers that are held: tests below say so.
    private static readonly Type[] MadeOfOthers =
    [
        typeof(Lambda), typeof(TransformerEncoder), typeof(TransformerDecoder), typeof(Transformer),
    ];

    private static IEnumerable<Type> Layers => typeof(Linear).Assembly.GetExportedTypes().Where(type =>
        type.Namespace == typeof(Linear).Namespace && type.IsSubclassOf(typeof(Learning.Module)) && !type.IsAbstract);

    public static TheoryData<string> Stated => new(Rows.Select((row, i) => $"{i} {row.Type.Name}"));

    [Theory]
    [MemberData(nameof(Stated))]
    public void The_formula_of_a_layer_is_its_value_and_its_derivatives_the_gradients(string name)
    {
        LayerRow row = Rows[int.Parse(name.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)];
        string formula = FormulaOf(row);
        var bindings = Bindings.Parse(row.Constants);
        foreach (Given given in row.Names)
            bindings.Add(given.Name, new NumberArray(
                given.Shape, [.. given.Taken.Select(place => (double)given.From.ToArray()[place])]));
        string[] names = [.. bindings.Names.Skip(row.Constants.Length)];
        Tensor y = row.Call();
        double[] value = [.. StatedFormula.Evaluate(formula, bindings).Value.Values];
        StatedFormula.ShouldAgree(value, y.ToArray(), $"{name}: {formula}");

        // Of the sum of the squares, because the sum of a softmax has no derivative.
        EvaluationResult squares = StatedFormula.Evaluate(Squared(formula), bindings, names);
        (y * y).Sum().Backward();
        for (int i = 0; i < names.Length; i++)
        {
            float[] all = row.Names[i].From.Gradient!.ToArray();
            StatedFormula.ShouldAgree(
                squares.Gradients[names[i]].Values, [.. row.Names[i].Taken.Select(place => all[place])],
                $"{name}, the gradient by {names[i]}: {formula}");
        }
    }

    [Fact]
    public void Rows_name_every_number_of_every_weight() => Rows.SelectMany(row => row.Layer.Parameters()
        .Where(weight => weight.Parameter.RequiresGradient
            && row.Names.Where(given => given.From == weight.Parameter).Sum(given => given.Taken.Count())
                != weight.Parameter.Count)
        .Select(weight => $"{row.Type.Name}: {weight.StoredName}")).ShouldBeEmpty();

    [Fact]
    public void Every_layer_states_its_formula_and_has_a_row_here()
    {
        Layers.Where(type => type.GetCustomAttribute<FormulaAttribute>() is null)
            .ShouldBeEmpty("give it its [Formula]");
        Layers.Except(MadeOfOthers).Except(Rows.Select(row => row.Type)).ShouldBeEmpty("add a row with a sample");
    }

    [Fact]
    public void Layers_made_of_others_are_their_parts_one_after_the_other()
    {
        var options = new TransformerOptions { FeedForward = 3, FinalNorm = true };
        Tensor x = Tensor.Randn([1, 3, 4], new(1)), memory = Tensor.Randn([1, 2, 4], new(2));
        var encoder = new TransformerEncoder(4, 2, 2, new(3), options);
        encoder.Forward(x).ToArray().ShouldBe(
            encoder.Norm!.Forward(encoder.Layers[1].Forward(encoder.Layers[0].Forward(x))).ToArray());
        var decoder = new TransformerDecoder(4, 2, 2, new(3), options);
        decoder.Forward(x, memory).ToArray().ShouldBe(decoder.Norm!.Forward(
            decoder.Layers[1].Forward(decoder.Layers[0].Forward(x, memory), memory)).ToArray());
        var both = new Transformer(4, 2, (1, 1), new(3), options);
        both.Forward(memory, x).ToArray()
            .ShouldBe(both.Decoder.Forward(x, both.Encoder.Forward(memory)).ToArray());
        new Lambda(given => given.Square()).Forward(x).ToArray().ShouldBe(x.Square().ToArray());
    }

    [Fact]
    public void A_recurrent_network_takes_its_formula_for_each_step_with_the_state_of_the_one_before()
    {
        var rnn = new Rnn(3, 2, new(1));
        ShouldWalk(rnn.Cells[0], x => rnn.Forward(x).Y, "");
        var gru = new Gru(3, 2, new(2));
        ShouldWalk(gru.Cells[0], x => gru.Forward(x).Y, "_r", "_z", "_n");
        var lstm = new Lstm(3, 2, new(3));
        ShouldWalk(lstm.Cells[0], x => lstm.Forward(x).Y, "_i", "_f", "_g", "_o");
    }

    [Fact]
    public void Batch_norm_evaluates_its_formula_with_the_mean_and_variance_that_it_remembers()
    {
        var norm = new BatchNorm1d(2);
        norm.Forward(Tensor.Randn([5, 2], new(4)), training: true);
        new float[] { 1.5f, -0.5f }.CopyTo(norm.Scale.Values);
        new float[] { 0.25f, 2 }.CopyTo(norm.Shift.Values);
        string formula = typeof(BatchNorm).GetCustomAttribute<FormulaAttribute>()!.Text
            .Replace("𝔼[x]", "m", StringComparison.Ordinal).Replace("Var[x]", "v", StringComparison.Ordinal);
        Tensor x = Tensor.Randn([3, 2], new(5));
        var bindings = Bindings.Parse("ε=1e-5");
        foreach ((string name, Tensor from) in new[] { ("x", x), ("m", norm.RunningMean), ("v", norm.RunningVariance),
            ("γ", norm.Scale), ("β", norm.Shift) })
            bindings.Add(name, NumberArray.From(from));
        norm.RunningMean.ToArray().ShouldAllBe(mean => mean != 0);
        StatedFormula.ShouldAgree(
            StatedFormula.Evaluate(formula, bindings).Value.Values, norm.Forward(x, training: false).ToArray(),
                formula);
    }

    [Fact]
    public void Dropouts_keep_everything_as_it_is_when_they_evaluate()
    {
        Tensor x = Tensor.Randn([2, 3, 4, 5], new(6));
        foreach (ILayer layer in new ILayer[] { new Dropout(0.4f), new Dropout2d(0.4f), new AlphaDropout(0.4f) })
            layer.Forward(x).ToArray().ShouldBe(x.ToArray(), layer.GetType().Name);
        Tensor sequence = x.Reshape(2, 3, 20);
        new Dropout1d(0.4f).Forward(sequence).ToArray().ShouldBe(sequence.ToArray());
    }

    // Of y_i = … only that number is squared, and the index makes the list of them.
    private static string Squared(string formula)
    {
        int at = formula.IndexOf(" = ", StringComparison.Ordinal) + 3;
        return formula.StartsWith("y_", StringComparison.Ordinal)
            ? $"{formula[..at]}({formula[at..]})²" : $"{formula}, L = y ⊙ y";
    }

    private static void ShouldWalk(RecurrentCell cell, Func<Tensor, Tensor> network, params string[] gates)
    {
        string formula = cell.GetType().GetCustomAttribute<FormulaAttribute>()!.Text;
        Tensor x = Tensor.Randn([1, 3, 3], new(4)), y = network(x);
        double[] state = new double[4]; // h, and c where there is one
        for (int t = 0; t < 3; t++)
        {
            var bindings = new Bindings();
            foreach (Given given in LayerRows.Gates(cell, gates))
                bindings.Add(given.Name, new NumberArray(
                    given.Shape, [.. given.Taken.Select(place => (double)given.From.ToArray()[place])]));
            bindings.Add("x", NumberArray.From(x.Slice(1, t, 1).Reshape(3)));
            bindings.Add("h", new NumberArray([2], state[..2]));
            bindings.Add("c", new NumberArray([2], state[2..]));
            StatedFormula.Evaluate(formula, bindings).Value.Values.CopyTo(state);
            StatedFormula.ShouldAgree(state.AsSpan(0, 2), y.ToArray().AsSpan(2 * t, 2), $"step {t}: {formula}");
        }
    }

    private static string FormulaOf(LayerRow row)
    {
        string text = row.Layer.GetType().GetCustomAttribute<FormulaAttribute>()!.Text;
        if (row.Where is not { } where)
            return text;
        text.ShouldContain(where.Function);
        return text.Replace(where.Function, where.Given, StringComparison.Ordinal);
    }
}
