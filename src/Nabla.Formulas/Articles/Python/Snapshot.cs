namespace Nabla.Formulas.Articles.Python;

/// <summary>Values as they are at a moment, whatever the program changes later.</summary>
internal static class Snapshot
{
    private const int MostItems = 1000;

    /// <summary>A copy of what can change; what is too long for one is not known later.</summary>
    public static object Of(object value)
    {
        int left = MostItems;
        return Copy(value, ref left);
    }

    private static object Copy(object value, ref int left)
    {
        switch (value)
        {
            case Changeable { Doubt: not null } and not NdArray:
                return new Unknown(Operators.Doubt(value)!);
            case NdArray { IsKnown: true } array:
                return array.Copy();
            case PyTensor tensor:
                return tensor.Over(tensor.Array.Copy());
            case PyList list:
                return Items(list.Items, ref left) is { } items ? new PyList([.. items]) : TooLong();
            case PyTuple tuple:
                return Items(tuple.Items, ref left) is { } parts ? new PyTuple(parts) : TooLong();
            default:
                return value;
        }
    }

    private static object[]? Items(IReadOnlyList<object> items, ref int left)
    {
        if ((left -= 1 + items.Count) < 0)
            return null;
        Meter.Items(items.Count);
        var copies = new object[items.Count];
        for (int i = 0; i < copies.Length; i++)
        {
            copies[i] = Copy(items[i], ref left);
            if (left < 0)
                return null;
        }
        return copies;
    }

    private static Unknown TooLong() => new("a list is too long to be compared");
}
