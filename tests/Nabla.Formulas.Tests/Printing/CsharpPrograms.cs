using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Nabla.Formulas.Evaluation;
using Nabla.Tensors;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>All cases as C#, each in its own file, compiled in one call of the SDK's compiler.</summary>
public sealed class CsharpPrograms : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-csharp").FullName;
    private readonly AssemblyLoadContext context = new("formulas", isCollectible: true);
    private readonly Assembly assembly;

    public CsharpPrograms()
    {
        var files = new List<string>();
        for (int i = 0; i < ProgramCase.All.Count; i++)
        {
            ProgramCase one = ProgramCase.All[i];
            if (one.Print("csharp") is not { } code)
                continue;
            string path = Path.Combine(folder, $"Case{i}.cs");
            File.WriteAllText(path, code.Replace("public static class Formulas", $"public static class Formulas{i}"),
                Encoding.UTF8);
            files.Add(path);
        }
        string compiler = typeof(CsharpPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
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
        using var stream = new MemoryStream(File.ReadAllBytes(output));
        assembly = context.LoadFromStream(stream);
    }

    /// <summary>What a case gives.</summary>
    internal float[] Result(ProgramCase one)
    {
        int at = ProgramCase.All.ToList().IndexOf(one);
        MethodInfo method = assembly.GetType($"Formulas{at}")!.GetMethods(BindingFlags.Public | BindingFlags.Static)[0];
        object[] arguments =
            [.. one.ParameterNames("csharp").Select(name => (object)ToTensor(NumberArray.From(one.With[name])))];
        return ((Tensor)method.Invoke(null, arguments)!).ToArray();
    }

    public void Dispose()
    {
        context.Unload();
        Directory.Delete(folder, recursive: true);
    }

    private static Tensor ToTensor(NumberArray value) =>
        new([.. value.Values.ToArray().Select(number => (float)number)], value.Shape);
}
