using System.Text.RegularExpressions;

namespace Nabla.Architecture.Tests;

/// <summary>
/// Each piece of the library shows in its documentation comment, by an example that is run, what it computes.
/// </summary>
public partial class RunExamplesTests
{
    private static readonly string[] Folders =
    [
        "src/Nabla.Numerics/LinearAlgebra", "src/Nabla.Numerics/Fourier", "src/Nabla.Numerics/Calculus",
        "src/Nabla.Tensors/Ops", "src/Nabla.Tensors/Calculus", "src/Nabla.Tensors/LinearAlgebra",
        "src/Nabla.Learning/Layers", "src/Nabla.Learning/Losses", "src/Nabla.Learning/Initialization",
        "src/Nabla.Learning/Optimizers", "src/Nabla.Learning/Schedules", "src/Nabla.Learning/Classical",
        "src/Nabla.Learning/Evaluation",
    ];

    /// <summary>
    /// Settings, parts and nodes that are used through a piece in another file, which has the example.
    /// </summary>
    private static readonly string[] NoPieceAlone =
    [
        "ClassLossOptions", "LossReduction", "ConvOptions", "RecurrentOptions", "TransformerOptions", "AttentionMask",
        "ParameterState", "Initialize", "ConvergenceException", "Roots", "PcaOptions", "RunningStatistics",
        "RotaryTable", "Unary", "Binary", "Parametric", "RnnOp", "LstmOp", "GruOp", "CtcOp", "ContiguousOp",
        "CheckpointOp",
    ];

    [Fact]
    public void Each_piece_has_an_example_that_is_run() =>
        (from folder in Folders
         from path in Repository.Files(folder, "*.cs")
         where !NoPieceAlone.Contains(Path.GetFileNameWithoutExtension(path))
         let source = File.ReadAllText(path)
         where Piece().IsMatch(source) && !RunExample().IsMatch(source)
         select $"{Repository.Relative(path)}: add an <example> with a line `EXPRESSION;   // = VALUE`.")
        .ShouldBeEmpty();

    [Fact]
    public void No_exception_is_out_of_date()
    {
        ILookup<string, string> files = Folders.SelectMany(folder => Repository.Files(folder, "*.cs"))
            .ToLookup(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);
        NoPieceAlone.Where(name => files[name].All(path => RunExample().IsMatch(File.ReadAllText(path))))
            .ShouldBeEmpty();
    }

    [GeneratedRegex(
        @"^public (static (partial )?class|sealed (partial )?(class|record)|readonly struct|class)\b",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Piece();

    [GeneratedRegex(@"///.*;\s*// = ")]
    private static partial Regex RunExample();
}
