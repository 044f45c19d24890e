using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Classification;

/// <summary>
/// A convolutional network for images [B, H, W] or [B, C, H, W]: four 3×3 convolutions with batch norm, halved three
/// times, then one hidden layer with dropout. The first convolution is halved at once, so that the work happens where
/// the image is small. LeCun et al. 1998; Ioffe and Szegedy 2015.
/// </summary>
/// <example><code>
/// var model = new CnnClassifier([28, 28], 10, 0.3f, new Rng(1));
/// model.Forward(Tensor.Zeros([2, 28, 28]), null).Shape.ToString();      // = "[2, 10]"
/// </code></example>
public sealed class CnnClassifier : Classifier
{
    private const int Narrow = 32, Wide = 64, Deep = 128, HiddenWidth = 128, Smallest = 8;
    private static readonly ConvOptions Same = new() { Padding = 1, Bias = false };
    private readonly int channels, height, width, flat;

    /// <summary>A model for images of this shape, [H, W] or [C, H, W].</summary>
    /// <exception cref="ArgumentException">The shape is no image of 8×8 or more.</exception>
    public CnnClassifier(Shape input, int classes, float dropout, Rng rng)
    {
        if (input.Rank is not (2 or 3) || input[-1] < Smallest || input[-2] < Smallest)
            throw new ArgumentException(
                $"CnnClassifier: examples {input} must be images [H, W] or [C, H, W] of "
                + $"{Smallest}×{Smallest} or more.");
        (channels, height, width) = (input.Rank == 3 ? input[0] : 1, input[-2], input[-1]);
        Conv1 = new Conv2d(channels, Narrow, 3, rng, Same with { Bias = true });
        Norm1 = new BatchNorm2d(Narrow);
        Conv2 = new Conv2d(Narrow, Wide, 3, rng, Same);
        Norm2 = new BatchNorm2d(Wide);
        Conv3 = new Conv2d(Wide, Wide, 3, rng, Same with { Bias = true });
        Norm3 = new BatchNorm2d(Wide);
        Conv4 = new Conv2d(Wide, Deep, 3, rng, Same with { Bias = true });
        flat = Deep * (height / 8) * (width / 8);
        Hidden = new Linear(flat, HiddenWidth, rng);
        Dropout = new Dropout(dropout);
        Output = new Linear(HiddenWidth, classes, rng);
    }

    /// <summary>The first convolution, [C, H, W] → [32, H, W], then halved.</summary>
    [StoredAs("conv1")]
    public Conv2d Conv1 { get; }

    /// <summary>After the first halving.</summary>
    [StoredAs("norm1")]
    public BatchNorm2d Norm1 { get; }

    /// <summary>[32, H/2, W/2] → [64, H/2, W/2].</summary>
    [StoredAs("conv2")]
    public Conv2d Conv2 { get; }

    /// <summary>After the second convolution.</summary>
    [StoredAs("norm2")]
    public BatchNorm2d Norm2 { get; }

    /// <summary>[64, H/2, W/2] → the same, then halved.</summary>
    [StoredAs("conv3")]
    public Conv2d Conv3 { get; }

    /// <summary>After the second halving.</summary>
    [StoredAs("norm3")]
    public BatchNorm2d Norm3 { get; }

    /// <summary>[64, H/4, W/4] → [128, H/4, W/4], then halved.</summary>
    [StoredAs("conv4")]
    public Conv2d Conv4 { get; }

    /// <summary>From all that is left of the image.</summary>
    [StoredAs("hidden")]
    public Linear Hidden { get; }

    /// <summary>What stands on both sides of the hidden layer in training.</summary>
    public Dropout Dropout { get; }

    /// <summary>The layer of the scores.</summary>
    [StoredAs("output")]
    public Linear Output { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, Rng? rng)
    {
        int batch = x.Shape[0];
        bool training = rng is not null;
        x = x.Reshape(batch, channels, height, width);
        x = Norm1.Forward(Conv1.Forward(x).MaxPool2d(2, rectify: true), training);      // [B, 32, H/2, W/2]
        x = Norm2.Forward(Conv2.Forward(x), training).Relu();                           // [B, 64, H/2, W/2]
        x = Norm3.Forward(Conv3.Forward(x).MaxPool2d(2, rectify: true), training);      // [B, 64, H/4, W/4]
        x = Conv4.Forward(x).MaxPool2d(2, rectify: true);                               // [B, 128, H/8, W/8]
        x = Dropout.Forward(x.Reshape(batch, flat), rng);
        x = Dropout.Forward(Hidden.Forward<Relu>(x), rng);
        return Output.Forward(x);
    }
}
