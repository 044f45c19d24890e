using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Nabla.Formulas.Evaluation;
using Nabla.Tensors;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>Printed C#, each program in its own file, compiled in one call of the SDK's compiler.</summary>
internal sealed class CompiledPrograms : IDisposable
{
    private readonly AssemblyLoadContext context = new("formulas", isCollectible: true);
    private readonly Assembly assembly;

    /// <summary>Compiles programs, each with a number by which it is called.</summary>
    /// <exception cref="InvalidOperationException">The compiler does not take one of them; it says which.</exception>
    public CompiledPrograms(IEnumerable<(int Number, string Code)> programs)
    {
        string folder = Directory.CreateTempSubdirectory("nabla-csharp").FullName;
        try
        {
            using var stream = new MemoryStream(Compile(folder, programs));
            assembly = context.LoadFromStream(stream);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a program gives.</summary>
    public float[] Result(int number, IEnumerable<NumberArray> values)
    {
        MethodInfo method =
            assembly.GetType($"Formulas{number}")!.GetMethods(BindingFlags.Public | BindingFlags.Static)[0];
        object[] arguments = [.. values.Select(ToTensor)];
        return ((Tensor)method.Invoke(null, arguments)!).ToArray();
    }

    public void Dispose() => context.Unload();

    private static byte[] Compile(string folder, IEnumerable<(int Number, string Code)> programs)
    {
        var files = new List<string>();
        foreach ((int number, string code) in programs)
        {
            string path = Path.Combine(folder, $"Case{number}.cs");
            File.WriteAllText(path,
                code.Replace("public static class Formulas", $"public static class Formulas{number}"), Encoding.UTF8);
            files.Add(path);
        }
        string compiler = typeof(CompiledPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "Compiler").Value!;
        string references = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string output = Path.Combine(folder, "formulas.dll");
        string response = Path.Combine(folder, "compile.rsp");
        File.WriteAllLines(response,
        [
            "-nologo", "-target:library", "-langversion:preview", "-nullable:enable", "-warnaserror", $"-out:{output}",
            .. references.Split(Path.PathSeparator).Select(path => $"-r:\"{path}\""), .. files,
        ]);
        ExternalProgram.Run("dotnet", folder, "exec", compiler, "-noconfig", $"@{response}");
        return File.ReadAllBytes(output);
    }

    private static Tensor ToTensor(NumberArray value) =>
        new([.. value.Values.ToArray().Select(number => (float)number)], value.Shape);
}
