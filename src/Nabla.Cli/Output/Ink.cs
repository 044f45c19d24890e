namespace Nabla.Cli.Output;

/// <summary>What a piece of text means; screens choose the colour.</summary>
internal enum Ink
{
    Plain,
    Dim,
    Strong,

    /// <summary>The brand, the model, and what it is trained on.</summary>
    Model,

    /// <summary>What was held out.</summary>
    HeldOut,

    Good,
    Bad,

    /// <summary>The series of a figure, in the order of its palette: ten of them.</summary>
    Series0,

    Series9 = Series0 + 9,
}
