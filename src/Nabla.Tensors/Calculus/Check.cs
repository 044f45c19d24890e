namespace Nabla.Tensors.Calculus;

/// <summary>What derivatives ask of a point and of directions.</summary>
internal static class Check
{
    /// <summary>Throws unless there is a point, and all of its numbers are numbers.</summary>
    public static void Point(string operation, Tensor[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Length == 0)
            throw new ArgumentException($"{operation}: there is no tensor to differentiate by; give at least one.");
        foreach (Tensor part in x)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(x));
            Numbers(operation, "the point", part);
        }
    }

    /// <summary>The parameters as leaves; throws if there are none, or one stands twice.</summary>
    public static Tensor[] Parameters(string operation, IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Tensor[] leaves = [.. parameters];
        Point(operation, leaves);
        foreach (Parameter parameter in parameters)
            if (!parameter.RequiresGradient)
                throw new ArgumentException(
                    $"{operation}: a parameter {parameter.Shape} is not trainable, so nothing is recorded of it.");
        if (leaves.Distinct<Tensor>(ReferenceEqualityComparer.Instance).Count() < leaves.Length)
            throw new ArgumentException($"{operation}: a parameter stands twice among the {leaves.Length} given.");
        return leaves;
    }

    /// <summary>The directions without history; throws unless they have the variables' shapes.</summary>
    public static void Directions(string operation, IReadOnlyList<Tensor> v, IReadOnlyList<Tensor> x)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (v.Count != x.Count)
            throw new ArgumentException(
                $"{operation}: {v.Count} directions for {x.Count} tensors; give one for each.", nameof(v));
        for (int i = 0; i < v.Count; i++)
            Shaped(operation, "direction", v[i], x[i].Shape);
    }

    /// <summary>Throws unless the tensor has this shape and no NaN.</summary>
    public static void Shaped(string operation, string what, Tensor v, Shape expected)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (v.Shape != expected)
            throw new ArgumentException(
                $"{operation}: the {what} has shape {v.Shape}, but must have {expected}: one number for each.",
                nameof(v));
        Numbers(operation, $"the {what}", v);
    }

    private static void Numbers(string operation, string what, Tensor x)
    {
        int at = Array.FindIndex(x.ToArray(), float.IsNaN);
        if (at >= 0)
            throw new ArgumentException($"{operation}: {what} {x.Shape} is NaN at element {at}; give numbers.");
    }
}
