using System.Globalization;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Hostile;

/// <summary>Values of names that try an evaluator.</summary>
internal static class HostileValues
{
    private static readonly string[] Common =
    [
        "0", "-0", "1", "2", "3", "-1", "0.5", "1e308", "-1e308", "1e-320", "nan", "inf", "-inf",
        "999999999999999999999",
        "2147483648", "9223372036854775807", "1000", "100000", "[]", "[[]]", "[1]", "[0.5,0.25,0.25]", "[1,2,3]",
        "[0,0,0]",
        "[1,-1e308,1e308]", "[[1,2],[3,4]]", "[[1,0],[0,1]]", "[[0,0],[0,0]]", "[[1,2,3]]", "[[1],[2],[3]]",
        "[[[1,2],[3,4]]]",
        "[[[[[[[1]]]]]]]", "[true,false]", "[1e999]",
    ];

    private static readonly string[] Refused =
    [
        "[1,[2]]", "[[1,2],[3]]", "{}", "\"x\"", "null", "[null]", "[", "]", "", " ", "1e", "0x10", "[1,,2]",
        "[1 2]", "1,2", "\ud800",
        "[\"a\"]", "{\"a\":1}", "[NaN]", "\0", "[[[[[[[[[[1]]]]]]]]]]",
    ];

    private static readonly string[] Large =
    [
        List(100_000), Matrix(300, 300), Matrix(1, 10_000), Matrix(10_000, 1), Matrix(64, 64), List(1000),
        Matrix(100, 100), Matrix(3000, 1), List(3000), Matrix(1000, 1000),
    ];

    /// <summary>Values for some of these names, as they are typed: <c>x=[1,2]</c>.</summary>
    public static string[] For(IReadOnlyList<string> names, Rng rng) =>
        [.. names.Where(_ => rng.NextInt(8) > 0).Select(name => $"{name}={Value(rng)}")];

    private static string Value(Rng rng) => rng.NextInt(40) switch
    {
        0 => Large[rng.NextInt(rng.NextInt(8) == 0 ? Large.Length : Large.Length - 1)], // a million seldom
        1 => new string('[', 50) + "1" + new string(']', 50),
        2 => Refused[rng.NextInt(Refused.Length)],
        < 20 => (rng.NextNormal() * 3).ToString("R", CultureInfo.InvariantCulture),
        _ => Common[rng.NextInt(Common.Length)],
    };

    private static string List(int count) => "[" + string.Join(',', Enumerable.Range(1, count)
        .Select(i => (i % 7 * 0.25).ToString(CultureInfo.InvariantCulture))) + "]";

    private static string Matrix(int rows, int columns) =>
        "[" + string.Join(',', Enumerable.Repeat(List(columns), rows)) + "]";
}
