namespace Nabla.Formulas.Articles.Python;

/// <summary>The modules that a program can import; all others, and what is missing in these, are unknown
/// values.</summary>
internal static class Modules
{
    private static readonly Dictionary<string, PyModule> Known = new(StringComparer.Ordinal)
    {
        ["math"] = new("math", MathModule.Members),
        ["numpy"] = new("numpy", NumpyModule.Members),
        ["numpy.linalg"] = LinalgModule.Module,
        ["numpy.random"] = RandomModule.Module,
        ["torch"] = TorchModule.Module,
        ["torch.nn.functional"] = TorchModule.Functional,
        ["random"] = RandomModule.Plain,
        ["collections"] = new("collections", Builtins.Collections),
    };

    /// <summary>The module that everybody calls so, where a snippet leaves its import out; or null.</summary>
    public static object? Customary(string name) => name switch
    {
        "np" or "numpy" => Known["numpy"],
        "math" => Known["math"],
        "torch" => Known["torch"],
        _ => null,
    };

    public static object Import(string name) => Known.TryGetValue(name, out PyModule? module)
        ? module : new Unknown($"the module {name} is not known to the interpreter");

    public static object Member(object module, string name)
    {
        if (module is not PyModule known)
            return module;
        return known.Members.GetValueOrDefault(name)
            ?? new Unknown($"{known.Name}.{name} is not known to the interpreter");
    }

    /// <summary>A table of functions by their names.</summary>
    public static Dictionary<string, object> Table(params (string Name, Native Body)[] rows) =>
        rows.ToDictionary(row => row.Name, row => (object)new Builtin(row.Name, row.Body), StringComparer.Ordinal);
}
