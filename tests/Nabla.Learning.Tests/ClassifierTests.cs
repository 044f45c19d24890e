using Nabla.Learning.Classification;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Tests;

public class ClassifierTests
{
    public static TheoryData<string> Kinds => ["linear", "mlp", "cnn"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_classifier_gives_a_score_for_each_class_and_learns(string kind)
    {
        Classifier model = New(kind, [8, 8]);
        Tensor x = Tensor.Randn([12, 8, 8], new Rng(3));
        int[] labels = [.. Enumerable.Range(0, 12).Select(i => i % 3)];
        model.Forward(x, null).Shape.ToArray().ShouldBe([12, 3]);
        var optimizer = new AdamW(model, new() { LearningRate = 0.01f });
        float Loss() => Losses.Loss.CrossEntropy(model.Forward(x, null), labels).Item();
        float before = Loss();
        for (int step = 0; step < 30; step++)
            optimizer.Minimize(Losses.Loss.CrossEntropy(model.Forward(x, new Rng(step)), labels));
        Loss().ShouldBeLessThan(before / 2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dropout_and_batch_norm_act_in_training_only(string kind)
    {
        Classifier model = New(kind, [8, 8]);
        Tensor x = Tensor.Randn([4, 8, 8], new Rng(3));
        model.Forward(x, null).ToArray().ShouldBe(model.Forward(x, null).ToArray());
        if (kind != "linear")
            model.Forward(x, new Rng(1)).ToArray().ShouldNotBe(model.Forward(x, new Rng(2)).ToArray());
    }

    [Fact]
    public void Colour_images_may_be_of_any_size_from_8_by_8() =>
        New("cnn", [3, 11, 9]).Forward(Tensor.Zeros([2, 3, 11, 9]), null).Shape.ToArray().ShouldBe([2, 3]);

    [Theory]
    [InlineData(64)]
    [InlineData(7, 8)]
    public void A_convolutional_network_takes_images_only(params int[] shape) =>
        Should.Throw<ArgumentException>(() => New("cnn", shape)).Message.ShouldContain("must be images");

    private static Classifier New(string kind, Shape shape) => kind switch
    {
        "linear" => new LinearClassifier(shape, 3, new Rng(1)),
        "mlp" => new MlpClassifier(shape, [16, 8], 3, 0.2f, new Rng(1)),
        _ => new CnnClassifier(shape, 3, 0.2f, new Rng(1)),
    };
}
