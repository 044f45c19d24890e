namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// A number of rows as a type, so that the JIT knows it as a constant and drops the code of absent rows.
/// </summary>
internal interface IHeight
{
    /// <summary>Rows of the tile.</summary>
    static abstract int Rows { get; }
}

internal readonly struct Rows1 : IHeight
{
    public static int Rows => 1;
}

internal readonly struct Rows2 : IHeight
{
    public static int Rows => 2;
}

internal readonly struct Rows3 : IHeight
{
    public static int Rows => 3;
}

internal readonly struct Rows4 : IHeight
{
    public static int Rows => 4;
}

internal readonly struct Rows5 : IHeight
{
    public static int Rows => 5;
}

internal readonly struct Rows6 : IHeight
{
    public static int Rows => 6;
}

internal readonly struct Rows7 : IHeight
{
    public static int Rows => 7;
}

internal readonly struct Rows8 : IHeight
{
    public static int Rows => 8;
}

internal readonly struct Rows9 : IHeight
{
    public static int Rows => 9;
}

internal readonly struct Rows10 : IHeight
{
    public static int Rows => 10;
}

internal readonly struct Rows11 : IHeight
{
    public static int Rows => 11;
}

internal readonly struct Rows12 : IHeight
{
    public static int Rows => 12;
}

internal readonly struct Rows13 : IHeight
{
    public static int Rows => 13;
}

internal readonly struct Rows14 : IHeight
{
    public static int Rows => 14;
}
