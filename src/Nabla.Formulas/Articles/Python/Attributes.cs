using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>value.name.</summary>
internal static class Attributes
{
    public static object Get(object target, string name)
    {
        switch (target)
        {
            case Unknown:
                return target;
            case PyModule module:
                return Modules.Member(module, name);
            case NdArray array:
                return OfArray(array, name);
            case Changeable { Doubt: { } doubt }:
                return new Unknown(doubt);
            case PyTensor tensor:
                return tensor.Attribute(name);
            case PyInstance instance:
                return OfInstance(instance, name);
            case PyClass type:
                return type.Find(name) ?? throw new PythonException($"{type.Name} has no {name}");
            default:
                return Methods.Find(target, name) is { } method ? new BoundMethod(target, method)
                    : throw PythonException.NotKnown($".{name} of {Operators.TypeName(target)}");
        }
    }

    private static object OfInstance(PyInstance instance, string name)
    {
        if (instance.Members.TryGetValue(name, out object? own))
            return own;
        object member = instance.Type.Find(name) ?? throw new PythonException($"{instance.Type.Name} has no {name}");
        return member is PyFunction ? new BoundMethod(instance, member) : member;
    }

    private static object OfArray(NdArray array, string name) => name switch
    {
        "shape" => new PyTuple([.. array.Shape.Select(size => (object)(BigInteger)size)]),
        "ndim" => (BigInteger)array.Rank,
        "size" => (BigInteger)array.Count,
        "T" => array.Transpose([.. Enumerable.Range(0, array.Rank).Reverse()]),
        "dtype" => new Unknown("the type of an array's numbers is not known to the interpreter"),
        "real" => array,
        _ when ArrayMethods.Find(name) is { } method => new BoundMethod(array, method),
        _ => throw PythonException.NotKnown($".{name} of an array"),
    };
}
