using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Calls of functions, and print.</summary>
internal sealed partial class Interpreter
{
    private const int MostLines = 5000;

    private (StringBuilder Text, List<PrintedValue> Values, int Line, string? Doubt)? pending;

    private object Call(CallNode call)
    {
        object function = Evaluate(call.Function);
        if (function is Builtin { Name: "print" } && !call.Arguments.Any(argument => argument is StarredNode))
            return Print(call);
        var arguments = new Arguments([.. Items(call.Arguments)], Keywords(call));
        return Invoke(function, arguments);
    }

    private (string, object)[] Keywords(CallNode call)
    {
        var named = new List<(string, object)>();
        foreach ((string? name, Node node) in call.Keywords)
        {
            object value = Evaluate(node);
            if (name is not null)
                named.Add((name, value));
            else if (value is PyDict { Doubt: null } dict)
                named.AddRange(dict.Items.Select(item => ((string)item.Key, item.Value)));
            else
                throw PythonException.NotKnown("** of this");
        }
        return [.. named];
    }

    /// <summary>Calls anything that can be called.</summary>
    public object Invoke(object function, Arguments arguments)
    {
        Step();
        switch (function)
        {
            case Unknown unknown:
                foreach (object value in arguments.All().Concat(arguments.Named.Select(named => named.Value)))
                    Doubts.Spread(value, unknown.Why);
                return unknown;
            case Builtin builtin:
                return Invoke(builtin, arguments);
            case BoundMethod { Self: var self, Function: var method }:
                return Invoke(method, new Arguments([self, .. arguments.Values], arguments.Named));
            case PyFunction own:
                return Invoke(own, arguments);
            case PyClass type:
                return Instantiate(type, arguments);
            case PyInstance { Doubt: null } instance when instance.Type.Find("__call__") is { } call:
                return Invoke(call, new Arguments([instance, .. arguments.Values], arguments.Named));
            default:
                throw PythonException.NotKnown($"a call of {Operators.TypeName(function)}");
        }
    }

    private object Invoke(Builtin builtin, Arguments arguments)
    {
        if (!builtin.TakesUnknown)
            foreach (object value in arguments.Values.Concat(arguments.Named.Select(named => named.Value)))
                if (value is not NdArray && Operators.Doubt(value) is { } doubt)
                    return new Unknown(doubt);
        object result = builtin.Body(this, arguments);
        arguments.CheckAllRead(builtin.Name);
        return result;
    }

    private PyInstance Instantiate(PyClass type, Arguments arguments)
    {
        var instance = new PyInstance(type);
        if (type.Find("__init__") is { } init)
            Invoke(init, new Arguments([instance, .. arguments.Values], arguments.Named));
        return instance;
    }

    private object Invoke(PyFunction function, Arguments arguments)
    {
        var inner = new Scope(function.Scope, function.Locals);
        Bind(function, arguments, inner);
        Scope before = scope;
        scope = inner;
        try
        {
            if (function.Result is not null)
                return Evaluate(function.Result);
            returned = None.Instance;
            Flow flow = Execute(function.Body!);
            object result = flow == Flow.Return ? returned : None.Instance;
            returned = None.Instance;
            return result;
        }
        finally
        {
            scope = before;
        }
    }

    private static void Bind(PyFunction function, Arguments arguments, Scope inner)
    {
        int at = 0;
        IReadOnlyList<Parameter> parameters = function.Parameters;
        Meter.Charge(parameters.Count * (1 + arguments.Named.Length) / 4);
        bool isAfterStar = false;
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter parameter = parameters[i];
            if (parameter.Star == "*")
            {
                inner.Values[parameter.Name] = new PyTuple(arguments.Values[Math.Min(at, arguments.Count)..]);
                at = arguments.Count;
                isAfterStar = true;
                continue;
            }
            bool isGiven = !isAfterStar && at < arguments.Count;
            inner.Values[parameter.Name] = (isGiven ? arguments.Values[at++] : arguments.Optional(-1, parameter.Name))
                ?? function.Defaults[i] ?? throw new PythonException($"{function.Name}: '{parameter.Name}' is missing");
        }
        if (at < arguments.Count)
            throw new PythonException($"{function.Name}: there are too many arguments");
        arguments.All();
        arguments.CheckAllRead(function.Name);
    }

    private None Print(CallNode call)
    {
        string between = " ", end = "\n";
        foreach ((string name, object value) in Keywords(call))
        {
            if (name == "sep" && value is not None)
                between = value as string ?? throw PythonException.NotKnown("such a sep");
            else if (name == "end" && value is not None)
                end = value as string ?? throw PythonException.NotKnown("such an end");
            else if (name is not ("flush" or "sep" or "end"))
                throw PythonException.NotKnown($"print with {name}");
        }
        var text = new StringBuilder();
        List<PrintedValue> values = [];
        string? doubt = null;
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            Texts.Append(text, i > 0 ? between : "");
            doubt = PrintArgument(call.Arguments[i], text, values) ?? doubt;
        }
        Write(text, values, doubt, end);
        return None.Instance;
    }

    // Collects which values are printed and as what; gives the reason if one is not known.
    private string? PrintArgument(Node argument, StringBuilder text, List<PrintedValue> values)
    {
        if (argument is not FormattedNode formatted)
        {
            object value = Evaluate(argument);
            return PrintValue(value, () => PythonText.Str(value), argument is ConstantNode ? [] : values, text);
        }
        string? doubt = null;
        foreach (Node part in formatted.Parts)
        {
            if (part is FieldNode field)
            {
                object value = Evaluate(field.Value);
                doubt = PrintValue(value, () => FieldText(field, value), values, text) ?? doubt;
                values[^1] = values[^1] with { IsFormatted = values[^1].IsFormatted || field.Format is not null };
            }
            else
            {
                Texts.Append(text, (string)Evaluate(part));
            }
        }
        return doubt;
    }

    private static string? PrintValue(object value, Func<string> show, List<PrintedValue> values, StringBuilder text)
    {
        string shown;
        string? doubt = Operators.Doubt(value);
        try
        {
            shown = doubt is null ? show() : Printed.UnknownMark.ToString();
        }
        catch (PythonException error)
        {
            shown = Printed.UnknownMark.ToString();
            doubt = error.Message;
        }
        Texts.Append(text, shown);
        values.Add(new PrintedValue(doubt is null ? Snapshot.Of(value) : new Unknown(doubt), shown));
        return doubt;
    }

    private void Write(StringBuilder text, List<PrintedValue> values, string? doubt, string end)
    {
        if (seen.Output.Count > MostLines)
            throw new PythonException($"the program prints more than {MostLines} lines");
        Meter.Printed(text.Length + end.Length);
        if (pending is { } before)
        {
            Texts.Append(before.Text, text.ToString());
            before.Values.AddRange(values);
            pending = before with { Doubt = doubt ?? before.Doubt };
        }
        else
        {
            pending = (text, values, line, doubt);
        }
        bool endsLine = end.EndsWith('\n');
        pending.Value.Text.Append(endsLine ? end[..^1] : end);
        if (endsLine)
            FlushPending();
    }

    private void FlushPending()
    {
        if (pending is { } printed)
            seen.Output.Add(new Printed(printed.Text.ToString(), printed.Values, printed.Line, printed.Doubt));
        pending = null;
    }
}
