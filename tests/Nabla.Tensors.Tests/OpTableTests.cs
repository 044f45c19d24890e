using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Nabla.Tensors.Tests;

/// <summary>docs/ops.md says what there is, and all of it.</summary>
public sealed partial class OpTableTests
{
    private static readonly HashSet<string> Members = new(PublicMembers(), StringComparer.Ordinal);

    [Fact]
    public void Every_operation_in_the_table_exists() =>
        InTable().Except(Members, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_operation_that_exists_is_in_the_table() => Members
        .Except(["Item", "ToArray", "CopyTo", "AsSpan", "Backward", "Run"], StringComparer.Ordinal)
        .Except(InTable(), StringComparer.Ordinal).ShouldBeEmpty();

    /// <summary>Public methods of tensors: extension members compile to static methods of their class.</summary>
    private static IEnumerable<string> PublicMembers()
    {
        IEnumerable<MethodInfo> extensions = typeof(Op).Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && type.IsSealed && type.Namespace == "Nabla.Tensors.Ops")
            .SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly));
        IEnumerable<MethodInfo> own = typeof(Tensor).GetMethods(
            BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        return extensions.Concat(own).Where(method => !method.IsSpecialName && !method.IsVirtual
                && !method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Select(method => method.Name);
    }

    private static IEnumerable<string> InTable() =>
        File.ReadLines(PathOfTable()).Where(line => line.StartsWith('|')).Select(line => line.Split('|')[2])
            .SelectMany(cell => Call().Matches(cell)).Select(match => match.Groups["name"].Value);

    private static string PathOfTable([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/ops.md"));

    // A name between a dot and a bracket: x.Sin(), x.Activate<Gelu>(bias).
    [GeneratedRegex(@"\.(?<name>[A-Z][A-Za-z0-9]*)(?:<\w+>)?\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();
}
