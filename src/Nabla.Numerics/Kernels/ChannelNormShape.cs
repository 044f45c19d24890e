namespace Nabla.Numerics.Kernels;

/// <summary>
/// How x [B, C, S] falls into sets of numbers that are normalised together: G groups of the channels of each image
/// (group norm), or each channel over all images (batch norm).
/// </summary>
/// <param name="Batch">B, the number of images.</param>
/// <param name="Channels">C.</param>
/// <param name="Pixels">S, numbers of a channel of one image.</param>
/// <param name="Groups">G, or 0 for batch norm.</param>
public readonly record struct ChannelNormShape(int Batch, int Channels, int Pixels, int Groups)
{
    /// <summary>Whether a set is one channel of all images.</summary>
    public bool OverBatch => Groups == 0;

    /// <summary>How many sets there are.</summary>
    public int Sets => OverBatch ? Channels : Batch * Groups;

    /// <summary>Numbers in a set.</summary>
    public long SetSize => Sets == 0 ? 0 : (long)Batch * Channels * Pixels / Sets;

    /// <summary>Planes (a channel of an image) in a set.</summary>
    internal int Planes => OverBatch ? Batch : Channels / Groups;

    /// <summary>A plane of a set, counted over all images and channels.</summary>
    internal int Plane(int set, int index) => OverBatch ? index * Channels + set : set * Planes + index;

    internal int SetsInPiece => (int)Math.Max(1, (1 << 13) / Math.Max(1, SetSize));

    internal void Validate(int x)
    {
        if (Batch < 0 || Channels < 0 || Pixels < 0 || Groups < 0 || (Groups > 0 && Channels % Groups != 0))
            throw new ArgumentException($"GroupNorm: {Groups} groups do not divide {Channels} channels in {this}.");
        Require.Length("GroupNorm", x, (Int128)Batch * Channels * Pixels);
    }
}
