using System.Runtime.CompilerServices;
using Nabla.Numerics.Kernels.Products;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>
/// Some neighbouring outputs of a band, at most a panel wide, and what the kernel sees for each: the right-hand matrix
/// of the convolution's product, [places, outputs], of which only such a panel ever exists.
/// </summary>
/// <remarks>
/// The outputs of one row read neighbouring numbers, so a panel is a few runs of them. A run is copied in whole
/// registers, from left to right: what a register brings too much at its end is overwritten by the next run, or by the
/// next place.
/// </remarks>
internal unsafe struct ColumnPanel<TRegister> where TRegister : struct, IRegister<TRegister>
{
    /// <summary>The most registers that a panel of two registers' width is copied with: one for each output.</summary>
    private const int MostLoads = 32;

    private fixed int sources[MostLoads];
    private fixed int columns[MostLoads];
    private readonly int loads;

    /// <summary>The outputs <paramref name="first"/> … of the band, so many.</summary>
    public ColumnPanel(in PaddedImage image, int outputWidth, int first, int count)
    {
        Columns = count;
        for (int done = 0; done < count;)
        {
            int row = (first + done) / outputWidth, column = (first + done) % outputWidth;
            int run = Math.Min(outputWidth - column, count - done);
            for (int i = 0; i < run; i += TRegister.Width, loads++)
            {
                sources[loads] = image.OfPixel(row, column + i);
                columns[loads] = done + i;
            }
            done += run;
        }
    }

    /// <summary>How many outputs.</summary>
    public int Columns { get; }

    /// <summary>The width of the tiles that pass over it.</summary>
    public readonly int Width => PackedPanels<TRegister>.WidthOf(Columns);

    /// <summary>Copies one row of the panel: what one place of the kernel sees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void CopyRow(float* place, float* target)
    {
        for (int i = 0; i < loads; i++)
            TRegister.Store(TRegister.Load(place + sources[i]), target + columns[i]);
    }
}
