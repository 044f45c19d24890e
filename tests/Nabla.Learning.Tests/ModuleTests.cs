using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Tests;

/// <summary>The property tree is the parameter tree.</summary>
public sealed class ModuleTests
{
    private readonly Model model = new(new Rng(1));

    [Fact]
    public void Parameters_follow_the_declaration_and_are_named_by_their_path() =>
        model.Parameters().Select(p => p.Path).ShouldBe(
    [
        "Tokens.Weight", "Blocks.0.Norm.Scale", "Blocks.0.Norm.Shift", "Blocks.0.Up.Weight", "Blocks.0.Up.Bias",
        "Blocks.1.Norm.Scale", "Blocks.1.Norm.Shift", "Blocks.1.Up.Weight", "Blocks.1.Up.Bias", "Temperature",
    ]);

    [Fact]
    public void Files_have_their_own_names() => model.Parameters().Select(p => p.StoredName).ShouldBe(
    [
        "wte.weight", "h.0.weight", "h.0.bias", "h.0.mlp.c_fc.weight", "h.0.mlp.c_fc.bias",
        "h.1.weight", "h.1.bias", "h.1.mlp.c_fc.weight", "h.1.mlp.c_fc.bias", "Temperature",
    ]);

    [Fact]
    public void Only_matrices_below_a_transposed_property_are_stored_transposed() =>
        model.Parameters()
            .Where(p => p.StoredTransposed).Select(p => p.Path).ShouldBe(["Blocks.0.Up.Weight", "Blocks.1.Up.Weight"]);

    [Fact]
    public void A_shared_parameter_counts_once_and_keeps_its_first_path()
    {
        ReferenceEquals(model.Head.Weight, model.Tokens.Weight).ShouldBeTrue();
        model.Parameters().Count(p => ReferenceEquals(p.Parameter, model.Head.Weight)).ShouldBe(1);
        model.ParameterCount().ShouldBe(10 * 4 + 2 * (4 + 4 + 4 * 4 + 4) + 1);
        model.ParameterCount().ShouldBe(model.Parameters().Sum(p => p.Parameter.Count));
    }

    [Fact]
    public void Text_is_the_tree_with_shapes_and_totals() => model.ToString().ReplaceLineEndings("\n").ShouldBe(
        """
        Model  97
          Tokens: Embedding  40
            Weight [10, 4]
          Blocks[0]: Block  28
            Norm: LayerNorm  8
              Scale [4]
              Shift [4]
            Up: Linear  20
              Weight [4, 4]
              Bias [4]
          Blocks[1]: Block  28
            Norm: LayerNorm  8
              Scale [4]
              Shift [4]
            Up: Linear  20
              Weight [4, 4]
              Bias [4]
          Head: Linear  40
            Weight [10, 4]
          Temperature []
        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Parameters_of_a_base_class_come_first() =>
        new Derived().Parameters().Select(p => p.Path).ShouldBe(["First", "Second"]);

    [Fact]
    public void Clearing_gradients_reaches_every_parameter()
    {
        foreach (NamedParameter named in model.Parameters())
            named.Parameter.Backward(Tensor.Ones(named.Parameter.Shape));
        model.ClearGradients();
        model.Parameters().ShouldAllBe(p => p.Parameter.Gradient == null);
    }

    [Fact]
    public void A_list_of_parameters_is_part_of_the_tree()
    {
        var lists = new Lists();
        lists.Parameters().Select(p => (p.Path, p.StoredName)).ShouldBe([("Scales.0", "s.0"), ("Scales.1", "s.1")]);
        lists.ToString().ShouldContain("Scales[1] [2]");
    }

    [Fact]
    public void A_module_that_contains_itself_is_named()
    {
        var outer = new Outer();
        outer.Inner.Parent = outer;
        string message = Should.Throw<InvalidOperationException>(() => outer.Parameters()).Message;
        message.ShouldContain("Inner.Parent is the Outer that contains it");
        Should.Throw<InvalidOperationException>(() => outer.ToString());
    }

    [Fact]
    public void A_module_may_stand_in_two_places()
    {
        var twice = new Twice();
        twice.Parameters().Select(p => p.Path).ShouldBe(["First.Weight", "First.Bias"]);
        ReferenceEquals(twice.First, twice.Second).ShouldBeTrue();
    }

    private sealed class Lists : Module
    {
        [StoredAs("s")]
        public Parameter[] Scales { get; } = [new(1), new(Tensor.Ones([2]))];
    }

    private sealed class Outer : Module
    {
        public Inner Inner { get; } = new();
    }

    private sealed class Inner : Module
    {
        public Module? Parent { get; set; }
    }

    private sealed class Twice : Module
    {
        public Twice() => Second = First;

        public Linear First { get; } = new(2, 2, new Rng(1));

        public Linear Second { get; }
    }

    private sealed class Model : Module
    {
        public Model(Rng rng)
        {
            Tokens = new Embedding(10, 4, rng);
            Blocks = [new Block(rng), new Block(rng)];
            Head = new Linear(Tokens.Weight, bias: null);
        }

        [StoredAs("wte")]
        public Embedding Tokens { get; }

        [StoredAs("h")]
        public IReadOnlyList<Block> Blocks { get; }

        public Linear Head { get; }

        public Dropout? Absent { get; }

        public Parameter Temperature { get; } = new(1);

        public string Note { get; } = "not a part";
    }

    private sealed class Block(Rng rng) : Module
    {
        [StoredAs("")]
        public LayerNorm Norm { get; } = new(4);

        [StoredAs("mlp.c_fc", Transposed = true)]
        public Linear Up { get; } = new(4, 4, rng);
    }

    private class Base : Module
    {
        public Parameter First { get; } = new(1);
    }

    private sealed class Derived : Base
    {
        public Parameter Second { get; } = new(2);
    }
}
