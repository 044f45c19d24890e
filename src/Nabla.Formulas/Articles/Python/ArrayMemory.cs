namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// The numbers that an array and its views share: what changes in one changes in all, and what is unknown in one is
/// unknown in all.
/// </summary>
internal sealed class ArrayMemory(double[] numbers)
{
    private List<ArrayMemory>? perhaps;
    private bool isWritten;
    private string? doubt;

    public double[] Numbers => numbers;

    /// <summary>Why they are not known, or null.</summary>
    public string? Doubt
    {
        get => doubt;
        set
        {
            if (isWritten || doubt is not null && value is not null)
                return;
            doubt = value;
            if (value is not null)
                ForOthers(other => other.Doubt = value);
        }
    }

    /// <summary>Says that two may be the same, as NumPy copies only where it must.</summary>
    public static void MaybeShared(ArrayMemory one, ArrayMemory other)
    {
        (one.perhaps ??= []).Add(other);
        (other.perhaps ??= []).Add(one);
    }

    /// <summary>Tells those that may be the same that these numbers change.</summary>
    public void Change() => ForOthers(other => other.Doubt ??= "an array was changed that may share its memory");

    /// <summary>A copy, in which what may be the same may be so again.</summary>
    public ArrayMemory Copy(Dictionary<object, object> copies)
    {
        var open = new Stack<ArrayMemory>([this]);
        List<ArrayMemory> made = [];
        while (open.TryPop(out ArrayMemory? next))
        {
            if (copies.ContainsKey(next))
                continue;
            Meter.Numbers(next.Numbers.Length);
            copies[next] = new ArrayMemory((double[])next.Numbers.Clone()) { doubt = next.doubt };
            made.Add(next);
            next.perhaps?.ForEach(open.Push);
        }
        foreach (ArrayMemory from in made)
            ((ArrayMemory)copies[from]).perhaps = from.perhaps?.ConvertAll(other => (ArrayMemory)copies[other]);
        return (ArrayMemory)copies[this];
    }

    private void ForOthers(Action<ArrayMemory> tell)
    {
        if (perhaps is null)
            return;
        Meter.Charge(perhaps.Count);
        isWritten = true;
        perhaps.ForEach(tell);
        isWritten = false;
    }
}
