using Nabla.Numerics;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>Derivatives of functions of tensors: laws, and what happens around them.</summary>
public sealed class AutodiffTests
{
    [Fact]
    public void The_issues_gradient_is_ten_and_ten() =>
        Autodiff.Gradient(t => t[0].Square() + 2 * t[0] * t[1] + t[1].Square(), [3, 2])
            .Select(g => g.Item()).ShouldBe([10, 10]);

    [Fact]
    public void Forward_and_reverse_mode_agree_on_a_network()
    {
        // ⟨u, J·v⟩ = ⟨uᵀ·J, v⟩
        var rng = new Rng(1);
        Tensor weight = Tensor.Randn([4, 3], rng), x = Tensor.Randn([5, 3], rng), v = Tensor.Randn([5, 3], rng);
        Tensor u = Tensor.Randn([5, 4], rng);
        double forward = (Autodiff.Jvp(F, x, v).Tangent * u).Sum().Item();
        double reverse = (Autodiff.Vjp(F, x, u).Gradient * v).Sum().Item();
        forward.ShouldBe(reverse, 1e-5);

        Tensor F(Tensor t) => t.Affine(weight).Gelu().Softmax();
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(5, 2)]
    public void A_jacobian_of_a_product_is_the_matrix_by_rows_and_by_columns(int rows, int columns)
    {
        Tensor a = Tensor.Randn([rows, columns], new Rng(2)), x = Tensor.Randn([columns, 1], new Rng(3));
        Tensor jacobian = Autodiff.Jacobian(t => a.MatMul(t), x);
        jacobian.Shape.ShouldBe([rows, 1, columns, 1]);
        jacobian.ToArray().ShouldBe(a.ToArray());
        Autodiff.Jacobian(t => a.MatMul(t[0]) * t[1], [x, Tensor.Ones([1])]).Shape.ShouldBe([rows, columns + 1]);
    }

    [Fact]
    public void A_hessian_of_a_quadratic_form_is_its_matrix_and_its_transpose()
    {
        Tensor a = Tensor.Randn([4, 4], new Rng(4)), x = Tensor.Randn([4], new Rng(5));
        float[] expected = (a + a.Transpose(0, 1)).ToArray();
        float[] actual = Autodiff.Hessian(t => t.Unsqueeze(0).MatMul(a).MatMul(t.Unsqueeze(1)).Sum(), x).ToArray();
        for (int i = 0; i < 16; i++)
            actual[i].ShouldBe(expected[i], 1e-5f);
        Autodiff.Laplacian(t => t.Unsqueeze(0).MatMul(a).MatMul(t.Unsqueeze(1)).Sum(), x)
            .ShouldBe(Enumerable.Range(0, 4).Sum(i => (double)expected[5 * i]), 1e-5);
    }

    [Fact]
    public void A_hessian_of_a_networks_loss_is_symmetric_and_agrees_with_its_products()
    {
        var rng = new Rng(6);
        Parameter first = new(Tensor.Randn([3, 2], rng)), second = new(Tensor.Randn([2, 3], rng));
        Tensor x = Tensor.Randn([7, 2], rng);
        int[] targets = [0, 1, 1, 0, 1, 0, 0];
        Parameter[] all = [first, second];
        float[] hessian = Autodiff.Hessian(Loss, all).ToArray();
        for (int i = 0; i < 12; i++)
            for (int j = 0; j < i; j++)
                hessian[i * 12 + j].ShouldBe(hessian[j * 12 + i], 1e-5f);
        Tensor[] v = [Tensor.Randn([3, 2], rng), Tensor.Randn([2, 3], rng)];
        float[] direction = [.. v[0].ToArray(), .. v[1].ToArray()];
        float[] product = [.. Autodiff.HessianVectorProduct(Loss, all, v).SelectMany(part => part.ToArray())];
        for (int i = 0; i < 12; i++)
            product[i].ShouldBe(Enumerable.Range(0, 12).Sum(j => hessian[i * 12 + j] * direction[j]), 1e-4f);

        Tensor Loss() => x.Affine(first).Tanh().Affine(second).CrossEntropy(targets);
    }

    [Fact]
    public void A_jvp_of_a_jvp_is_a_second_derivative_and_of_that_a_third()
    {
        // (x⁴)′ = 4x³, 12x², 24x at 3
        Tensor x = new([3f]), one = new([1f]);
        Func<Tensor, Tensor> f = t => t.Square().Square();
        Func<Tensor, Tensor> d1 = t => Autodiff.Jvp(f, t, one).Tangent, d2 = t => Autodiff.Jvp(d1, t, one).Tangent;
        d1(x).Item().ShouldBe(108);
        d2(x).Item().ShouldBe(108);
        Autodiff.Jvp(d2, x, one).Tangent.Item().ShouldBe(72);
        Autodiff.Gradient(t => d2(t).Sum(), x).Item().ShouldBe(72);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loss_may_contain_a_derivative_of_the_network(bool scoped)
    {
        // u = w·x², L = (du/dx)² = (2wx)²: dL/dw = 8wx²
        using TensorScope? scope = scoped ? TensorScope.Begin() : null;
        var w = new Parameter(new Tensor([0.5f]));
        Tensor x = new([3f]);
        Tensor slope = Autodiff.Jvp(t => w * t.Square(), x, Tensor.Ones([1])).Tangent;
        slope.Square().Sum().Backward();
        w.Gradient!.Item().ShouldBe(36);
    }

    [Fact]
    public void A_checkpointed_function_has_the_same_derivatives()
    {
        var rng = new Rng(7);
        var w = new Parameter(Tensor.Randn([3, 3], rng));
        Tensor x = Tensor.Randn([2, 3], rng), v = Tensor.Randn([2, 3], rng), dw = Tensor.Randn([3, 3], rng);
        Func<Tensor, Tensor> plain = t => t.Affine(w).Tanh().Square().Sum();
        Func<Tensor, Tensor> saving = t => ActivationCheckpoint.Run((u, _) => plain(u), t);
        Autodiff.Gradient(saving, x).ToArray().ShouldBe(Autodiff.Gradient(plain, x).ToArray());
        Autodiff.HessianVectorProduct(saving, x, v).ToArray()
            .ShouldBe(Autodiff.HessianVectorProduct(plain, x, v).ToArray());
        Autodiff.Gradient(() => saving(x), [w])[0].ToArray()
            .ShouldBe(Autodiff.Gradient(() => plain(x), [w])[0].ToArray());
        Autodiff.HessianVectorProduct(() => saving(x), [w], [dw])[0].ToArray()
            .ShouldBe(Autodiff.HessianVectorProduct(() => plain(x), [w], [dw])[0].ToArray());
        w.Gradient.ShouldBeNull();
    }

    [Fact]
    public void A_checkpointed_function_may_contain_a_derivative()
    {
        // (w·x²)′ = 2wx, its square's derivative by w is 8wx².
        var w = new Parameter(new Tensor([0.5f]));
        Tensor x = new([3f]);
        using TensorScope scope = TensorScope.Begin();
        Tensor slope = ActivationCheckpoint.Run(
            (t, _) => Autodiff.Jvp(u => w * u.Square(), t, Tensor.Ones([1])).Tangent, x);
        slope.Item().ShouldBe(3);
        slope.Square().Sum().Backward();
        w.Gradient!.Item().ShouldBe(36);
    }

    [Fact]
    public void Nothing_but_the_result_stays_in_the_scope()
    {
        Tensor x = Tensor.Randn([4], new Rng(9));
        using TensorScope scope = TensorScope.Begin();
        int before = scope.Mark;
        Autodiff.Gradient(F, x);
        Autodiff.HessianVectorProduct(F, x, x);
        Autodiff.Hessian(F, x);
        Autodiff.Jacobian(t => t.Softmax(), x);
        (scope.Mark - before).ShouldBeLessThanOrEqualTo(5); // and the value of the first

        static Tensor F(Tensor t) => (t.Sin() * t.Softmax()).Sum();
    }

    [Fact]
    public void Parameters_keep_their_gradients()
    {
        Parameter w = new(new Tensor([2f])), other = new(new Tensor([5f]));
        (w * 7).Sum().Backward();
        Autodiff.Gradient(() => (w.Square() * other).Sum(), [w])[0].Item().ShouldBe(20);
        Autodiff.Gradient(t => (w.Square() * t * other.Square()).Sum(), new([1f])).Item().ShouldBe(100);
        Autodiff.HessianVectorProduct(() => (w.Square() * other).Sum(), [w], [new([1f])])[0].Item().ShouldBe(10);
        w.Gradient!.Item().ShouldBe(7);
        other.Gradient.ShouldBeNull();
        (w.Square() * other).Sum().Backward();
        w.Gradient!.Item().ShouldBe(27);
        other.Gradient!.Item().ShouldBe(4);
    }

    [Fact]
    public void What_a_function_does_not_depend_on_has_derivative_zero()
    {
        Tensor x = new([1f, 2f]);
        Autodiff.Gradient(_ => new Tensor([3f]), x).ToArray().ShouldBe([0, 0]);
        Autodiff.Gradient(t => (t[0] * 2).Sum(), [x, x])[1].ToArray().ShouldBe([0, 0]);
        Autodiff.Jvp(_ => new Tensor([3f]), x, x).Tangent.ToArray().ShouldBe([0]);
        Autodiff.Hessian(t => (t * 3).Sum(), x).ToArray().ShouldBe([0, 0, 0, 0]);
        Autodiff.Gradient(t => t, new Tensor([4f])).Item().ShouldBe(1);
        Autodiff.Jacobian(t => t, x).ToArray().ShouldBe([1, 0, 0, 1]);
    }

    [Fact]
    public void An_empty_tensor_has_empty_derivatives()
    {
        Tensor none = new([], [0, 3]);
        Autodiff.Gradient(t => t.Sum(), none).Shape.ShouldBe([0, 3]);
        Autodiff.Jacobian(t => t.Square(), none).Shape.ShouldBe([0, 3, 0, 3]);
        Autodiff.Hessian(t => t.Square().Sum(), none).Shape.ShouldBe([0, 3, 0, 3]);
    }

    [Fact]
    public void Results_outlive_the_scope_of_the_computation_and_belong_to_the_one_around()
    {
        Tensor x = Tensor.Randn([3], new Rng(8)), gradient;
        using (var scope = TensorScope.Begin())
        {
            gradient = Autodiff.Gradient(t => t.Square().Sum(), x);
            gradient.ToArray().ShouldBe((x * 2).ToArray());
        }
        Should.Throw<InvalidOperationException>(() => gradient.ToArray()).Message.ShouldContain("scope");
        using (TensorScope.Inference())
            Autodiff.Jvp(t => t.Square(), x, Tensor.Ones([3])).Tangent.ToArray().ShouldBe((x * 2).ToArray());
    }

    [Fact]
    public void A_failing_function_leaves_no_scope_open()
    {
        Should.Throw<InvalidOperationException>(() => Autodiff.Gradient(
            _ => throw new InvalidOperationException("mine"), Two)).Message.ShouldBe("mine");
        TensorScope.Current.ShouldBeNull();
        Should.Throw<ArgumentException>(() => Autodiff.Gradient(t => t, Two));
        TensorScope.Current.ShouldBeNull();
    }

    public static TheoryData<string> Names => [.. Mistakes.Keys];

    private static readonly Tensor Two = new([1f, 2f]);

    private static readonly Dictionary<string, (Action Call, string[] Message)> Mistakes = new(StringComparer.Ordinal)
    {
        ["no scalar"] = (() => Autodiff.Gradient(t => t * 2, Two), ["Gradient", "[2]", "Sum()"]),
        ["no scalar, Hessian"] = (() => Autodiff.Hessian(t => t * 2, Two), ["Hessian", "[2]", "Sum()"]),
        ["NaN"] = (() => Autodiff.Gradient(t => t.Sum(), new([0, float.NaN])), ["Gradient", "NaN at element 1"]),
        ["no tensors"] = (() => Autodiff.Gradient(t => 1, []), ["Gradient", "no tensor", "at least one"]),
        ["null result"] = (() => Autodiff.Gradient(t => null!, Two), ["Gradient", "null"]),
        ["shape of v"] = (() => Autodiff.Jvp(t => t, Two, new([1f])), ["Jvp", "[1]", "[2]"]),
        ["NaN in v"] = (() => Autodiff.Jvp(t => t, Two, new([float.NaN, 1])), ["Jvp", "direction", "element 0"]),
        ["shape of u"] = (() => Autodiff.Vjp(t => t, Two, new([1f])), ["Vjp", "[1]", "[2]"]),
        ["shape of v, Hessian"] =
            (() => Autodiff.HessianVectorProduct(t => t.Sum(), Two, new([1f])), ["HessianVectorProduct", "[1]", "[2]"]),
        ["directions"] = (() => Autodiff.Jvp(t => t[0], [Two], []), ["Jvp", "0 directions", "1 tensors"]),
        ["twice"] = (() =>
        {
            var w = new Parameter(Two);
            Autodiff.Gradient(() => w.Sum(), [w, w]);
        }, ["Gradient", "twice"]),
        ["frozen"] =
            (() => Autodiff.Gradient(() => Two.Sum(), [new Parameter(Two, trainable: false)]), ["not trainable"]),
        ["gradient within a derivative"] = (
            () => Autodiff.Gradient(t => Autodiff.Gradient(u => u.Square().Sum(), t).Sum(), Two),
            ["Gradient", "Jvp", "Detach()"]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_named_with_a_remedy(string name)
    {
        (Action call, string[] message) = Mistakes[name];
        Exception error = Record.Exception(call).ShouldNotBeNull();
        error.ShouldBeAssignableTo<ArgumentException>(error.ToString());
        foreach (string part in message)
            error.Message.ShouldContain(part);
    }
}
