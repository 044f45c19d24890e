using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>The kind of numbers in an array.</summary>
internal enum DType
{
    Bool,
    Int,
    Float,
}

/// <summary>
/// A NumPy array of float64, int64 or bool, perhaps a view of another; one without dimensions is a NumPy number. Its
/// shape
/// is always known, its numbers may not be.
/// </summary>
internal sealed class NdArray : Changeable
{
    /// <summary>Numbers that one array may have; larger ones have a shape only.</summary>
    public const int MostNumbers = 200_000;

    private const int MostAxes = 32, StepsOfRow = 8;
    private const double LargestWhole = 1L << 53;

    private readonly ArrayMemory memory;
    private readonly int offset;
    private readonly int[] strides;

    private NdArray(ArrayMemory memory, int[] shape, int[] strides, int offset, DType type)
    {
        this.memory = memory;
        this.offset = offset;
        this.strides = strides;
        if (shape.Length > MostAxes)
            throw new PythonException($"an array has more than {MostAxes} axes");
        Shape = shape;
        Type = type;
    }

    /// <summary>An array of these numbers, which are not copied.</summary>
    public NdArray(double[] values, int[] shape, DType type)
        : this(new ArrayMemory(values), shape, Contiguous(shape), 0, type)
    {
        if (type == DType.Int && Array.Exists(values, value => !(Math.Abs(value) <= LargestWhole)))
            Doubt = "a whole number is beyond 2^53";
    }

    public int[] Shape { get; }

    public DType Type { get; }

    public int Rank => Shape.Length;

    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    public bool IsKnown => Doubt is null;

    /// <summary>Why its numbers, and those of all views of them, are not known.</summary>
    public override string? Doubt
    {
        get => memory.Doubt;
        set => memory.Doubt = value;
    }

    private double[] Buffer => memory.Numbers;

    /// <summary>The number of an array without dimensions.</summary>
    public double Value => Rank == 0 && IsKnown ? Buffer[offset] : throw new PythonException("an array is no number");

    /// <summary>An array of which only the shape is known.</summary>
    public static NdArray OfShape(int[] shape, string why, DType type = DType.Float) =>
        new(new ArrayMemory([]), shape, Contiguous(shape), 0, type) { Doubt = why };

    public static NdArray Scalar(double value, DType type = DType.Float) => new([value], [], type);

    /// <summary>An array filled by a function of the place, or of a known shape only if it is too large.</summary>
    public static NdArray Fill(int[] shape, DType type, Func<int, double> value)
    {
        long count = 1;
        foreach (int size in shape)
        {
            if (size < 0)
                throw new PythonException("a size is negative");
            count = Math.Min(count * size, long.MaxValue / int.MaxValue);
        }
        if (count > MostNumbers)
            return OfShape(shape, $"an array of {count} numbers is too large to compute");
        Meter.Numbers(count);
        var values = new double[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = value(i);
        return new NdArray(values, shape, type);
    }

    /// <summary>np.asarray: numbers and nested lists of numbers.</summary>
    public static NdArray From(object value) => value switch
    {
        NdArray array => array,
        double real => Scalar(real),
        bool truth => Scalar(truth ? 1 : 0, DType.Bool),
        BigInteger whole => Scalar((double)whole, DType.Int),
        Unknown unknown => throw new PythonException(unknown.Why),
        PyTensor tensor => tensor.Doubt is null ? tensor.Array : throw new PythonException(tensor.Doubt),
        PyRange or PyList or PyTuple => Stack(Operators.Items(value)),
        _ => throw PythonException.NotKnown($"an array of {Operators.TypeName(value)}"),
    };

    private static NdArray Stack(IReadOnlyList<object> items)
    {
        if (items.Count == 0)
            return new NdArray([], [0], DType.Float);
        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new PythonException("a list is nested too deeply");
        string? doubt = items.OfType<Unknown>().FirstOrDefault()?.Why;
        if (doubt is not null)
            return items.All(item => item is Unknown or double or BigInteger or bool)
                ? OfShape([items.Count], doubt) : throw new PythonException(doubt);
        Meter.Objects(items.Count);
        if (!items.All(Operators.IsNumber))
        {
            Meter.Charge(StepsOfRow * items.Count);
            return Joining.Stack([.. items.Select(From)], 0);
        }
        DType type = items.Any(item => item is double) ? DType.Float
            : items.Any(item => item is BigInteger) ? DType.Int : DType.Bool;
        return new NdArray([.. items.Select(Operators.Real)], [items.Count], type);
    }

    public static int[] Contiguous(int[] shape)
    {
        var strides = new int[shape.Length];
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = (int)Math.Min(step, int.MaxValue);
            step = Math.Min(step * shape[i], int.MaxValue);
        }
        return strides;
    }

    /// <summary>The numbers in order; its own memory where that is in order.</summary>
    public double[] Values()
    {
        if (!IsKnown)
            throw new PythonException(Doubt!);
        if (offset == 0 && Buffer.Length == Count && strides.AsSpan().SequenceEqual(Contiguous(Shape)))
            return Buffer;
        Meter.Objects(Count / 4);
        var values = new double[Count];
        int at = 0;
        Visit(place => values[at++] = Buffer[place]);
        return values;
    }

    /// <summary>The same, where going through them is the work.</summary>
    public double[] Charged()
    {
        Meter.Numbers(Count);
        return Values();
    }

    /// <summary>Writes numbers through to where they are kept.</summary>
    public void Write(double[] values)
    {
        Meter.Objects(Count / 4);
        if (!IsKnown)
            return;
        double[] from = ReferenceEquals(values, Buffer) ? (double[])values.Clone() : values;
        int at = 0;
        Visit(place => Buffer[place] = Type == DType.Float ? from[at++] : Math.Truncate(from[at++]));
        memory.Change();
    }

    /// <summary>The same in a copy of its memory, which is made once for all its views.</summary>
    public NdArray Copy(Dictionary<object, object> copies) =>
        new(memory.Copy(copies), Shape, strides, offset, Type);

    /// <summary>The array, which may be another one in the same memory or a copy of it.</summary>
    public NdArray MaybeCopyOf(NdArray other)
    {
        ArrayMemory.MaybeShared(memory, other.memory);
        return this;
    }

    public NdArray Copy() => IsKnown
        ? new NdArray((double[])Charged().Clone(), Shape, Type) : OfShape(Shape, Doubt!, Type);

    public NdArray As(DType type)
    {
        if (!IsKnown)
            return OfShape(Shape, Doubt!, type);
        return new NdArray(Array.ConvertAll(Charged(), value => type switch
        {
            DType.Bool => value != 0 ? 1 : 0,
            DType.Int => Math.Truncate(value),
            _ => value,
        }), Shape, type);
    }

    /// <summary>A view with its own shape and steps.</summary>
    public NdArray View(int[] shape, int[] steps, int start) =>
        new(memory, shape, steps, offset + start, Type);

    public int Stride(int axis) => strides[axis];

    public NdArray Transpose(int[] order) => View([.. order.Select(axis => Shape[axis])],
        [.. order.Select(axis => strides[axis])], 0);

    public NdArray Reshape(int[] shape)
    {
        long known = shape.Where(size => size >= 0).Aggregate(1L, (product, size) => product * size);
        int open = Array.IndexOf(shape, -1);
        int[] target = [.. shape];
        if (open >= 0 && known > 0)
            target[open] = (int)(Count / known);
        if (Array.Exists(target, size => size < 0) || target.Aggregate(1L, (product, size) => product * size) != Count)
            throw new PythonException($"{Count} numbers do not fit into the new shape");
        if (!IsKnown)
            return OfShape(target, Doubt!, Type);
        bool isPlain = strides.AsSpan().SequenceEqual(Contiguous(Shape));
        return isPlain ? View(target, Contiguous(target), 0)
            : new NdArray(Values(), target, Type).MaybeCopyOf(this);
    }

    /// <summary>An element or a row along the first axis.</summary>
    public NdArray Row(int index)
    {
        NdArray row = View(Shape[1..], strides[1..], index * strides[0]);
        return row.Rank == 0 && row.IsKnown ? Scalar(row.Value, Type) : row;
    }

    /// <summary>All elements or rows.</summary>
    public IReadOnlyList<object> Rows()
    {
        Meter.Charge(Shape[0]);
        return [.. Enumerable.Range(0, Shape[0]).Select(i => (object)Row(i))];
    }

    /// <summary>The Python number of an array without dimensions.</summary>
    public object ToPython()
    {
        if (Rank > 0)
            throw new PythonException("an array is no number");
        if (!IsKnown)
            return new Unknown(Doubt!);
        return Type switch
        {
            DType.Bool => Value != 0,
            DType.Int => (BigInteger)Value,
            _ => Value,
        };
    }

    private void Visit(Action<int> visit)
    {
        long count = Count;
        var index = new int[Rank];
        for (long n = 0; n < count; n++)
        {
            int place = offset;
            for (int axis = 0; axis < index.Length; axis++)
                place += index[axis] * strides[axis];
            visit(place);
            for (int axis = Rank - 1; axis >= 0 && ++index[axis] == Shape[axis]; axis--)
                index[axis] = 0;
        }
    }
}
