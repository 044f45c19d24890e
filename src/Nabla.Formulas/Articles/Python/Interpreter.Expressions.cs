using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Expressions.</summary>
internal sealed partial class Interpreter
{
    private object Evaluate(Node node)
    {
        Step();
        return node switch
        {
            ConstantNode constant => constant.Value,
            NameNode name => Load(name.Name),
            BinaryNode binary => Operators.Binary(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
            UnaryNode unary => Operators.Unary(unary.Operator, Evaluate(unary.Operand)),
            CompareNode compare => Compare(compare),
            LogicNode logic => Logic(logic),
            ConditionalNode conditional =>
                Evaluate(Operators.IsTrue(Evaluate(conditional.Condition)) ? conditional.Then : conditional.Else),
            CallNode call => Call(call),
            AttributeNode attribute => Attributes.Get(Evaluate(attribute.Target), attribute.Name),
            SubscriptNode subscript => Item(Evaluate(subscript.Target), EvaluateIndex(subscript.Index)),
            _ => Construct(node),
        };
    }

    private object Construct(Node node) => node switch
    {
        DisplayNode display => Display(display),
        DictNode dict => Dictionary(dict),
        ComprehensionNode comprehension => Comprehend(comprehension),
        FormattedNode formatted => Format(formatted),
        LambdaNode lambda => Lambda(lambda),
        NamedNode named => Name(named),
        SliceNode slice => Slice(slice),
        _ => throw PythonException.NotKnown("such an expression"),
    };

    private object Name(NamedNode named)
    {
        object value = Evaluate(named.Value);
        Store(named.Name, value);
        return value;
    }

    private object Compare(CompareNode compare)
    {
        object left = Evaluate(compare.First);
        object result = true;
        foreach ((string sign, Node operand) in compare.Rest)
        {
            object right = Evaluate(operand);
            result = Operators.Compare(sign, left, right);
            if (compare.Rest.Count > 1 && !Operators.IsTrue(result))
                return result;
            left = right;
        }
        return result;
    }

    private object Logic(LogicNode logic)
    {
        object left = Evaluate(logic.Left);
        return Operators.IsTrue(left) == logic.IsAnd ? Evaluate(logic.Right) : left;
    }

    private List<object> Items(IEnumerable<Node> nodes)
    {
        List<object> items = [];
        foreach (Node node in nodes)
        {
            if (node is not StarredNode star)
            {
                items.Add(Evaluate(node));
                continue;
            }
            IReadOnlyList<object> all = Operators.Items(Evaluate(star.Inner));
            Meter.Objects(all.Count); // they are copied as arguments and as parameters
            items.AddRange(all);
        }
        return items;
    }

    private object Display(DisplayNode display)
    {
        List<object> items = Items(display.Items);
        return display.Kind switch
        {
            DisplayKind.List => new PyList(items),
            DisplayKind.Tuple => new PyTuple([.. items]),
            _ => new PySet(items),
        };
    }

    private PyDict Dictionary(DictNode node)
    {
        var dict = new PyDict();
        foreach ((Node? key, Node value) in node.Items)
        {
            object item = Evaluate(value);
            if (key is not null)
                dict.Set(Evaluate(key), item);
            else if (item is PyDict { Doubt: null } other)
                foreach ((object name, object inner) in other.Items)
                    dict.Set(name, inner);
            else
                throw PythonException.NotKnown("** of this");
        }
        return dict;
    }

    private object Comprehend(ComprehensionNode node)
    {
        var dict = new PyDict();
        List<object> items = [];
        Scope before = scope;
        scope = new Scope(before, Once(node, () => node.Clauses.SelectMany(clause =>
            Syntax.All(clause.Target).OfType<NameNode>().Select(name => name.Name))));
        try
        {
            Loop(0);
        }
        finally
        {
            scope = before;
        }
        return node.Value is not null ? dict : node.Kind switch
        {
            DisplayKind.Set => new PySet(items),
            DisplayKind.Generator => new PyIterator(items),
            _ => new PyList(items),
        };

        void Loop(int depth)
        {
            if (depth == node.Clauses.Count)
            {
                object element = Evaluate(node.Element);
                if (node.Value is not null)
                    dict.Set(element, Evaluate(node.Value));
                else
                    items.Add(element);
                return;
            }
            ComprehensionClause clause = node.Clauses[depth];
            foreach (object item in Operators.Items(Evaluate(clause.Items)))
            {
                Step();
                AssignTo(clause.Target, item);
                if (clause.Conditions.All(condition => Operators.IsTrue(Evaluate(condition))))
                    Loop(depth + 1);
            }
        }
    }

    private PyFunction Lambda(LambdaNode lambda)
    {
        var function = new PyFunction("<lambda>", lambda.Parameters, scope)
        {
            Result = lambda.Body,
            Locals = Once(lambda, () => lambda.Parameters.Select(parameter => parameter.Name)),
        };
        SetDefaults(function);
        return function;
    }

    private object EvaluateIndex(Node index) => index is DisplayNode { Kind: DisplayKind.Tuple } tuple
        ? new PyTuple([.. tuple.Items.Select(Evaluate)]) : Evaluate(index);

    private PySlice Slice(SliceNode slice)
    {
        return new PySlice(Bound(slice.Start), Bound(slice.Stop), Bound(slice.Step));

        int? Bound(Node? node) => node is null || Evaluate(node) is not { } value || value is None
            ? null : Operators.Index(value);
    }

    private static object Item(object target, object index)
    {
        if (Operators.Doubt(index) is { } doubt || target is not NdArray
            && (doubt = Operators.Doubt(target)) is not null)
            return new Unknown(doubt!);
        switch (target)
        {
            case NdArray array:
                NdArray part = Indexing.Get(array, index);
                return part.Rank == 0 && !part.IsKnown ? NdArray.OfShape([], part.Doubt!, part.Type) : part;
            case PyTensor tensor:
                return tensor.Part(index);
            case PyDict dict:
                return DictItem(dict, index);
            case string text:
                return Texts.Part(text, index);
            case PyRange range when index is not PySlice && Operators.RequireWhole(index) is var place:
                return range[place.Sign < 0 ? place + range.Count : place];
            case PyList or PyTuple or PyRange:
                IReadOnlyList<object> items = target switch
                {
                    PyList list => list.Items,
                    PyTuple tuple => tuple.Items,
                    _ => Operators.Items(target),
                };
                return index is PySlice slice ? Part(target, items, slice) : items[Operators.Place(index, items.Count)];
            default:
                throw PythonException.NotKnown($"an element of {Operators.TypeName(target)}");
        }
    }

    private static object DictItem(PyDict dict, object index)
    {
        if (dict.Items.TryGetValue(PythonEquality.RequireKey(index), out object? value))
            return value;
        object made = dict.Default switch
        {
            Builtin { Name: "int" } => System.Numerics.BigInteger.Zero,
            Builtin { Name: "float" } => 0.0,
            Builtin { Name: "list" } => new PyList([]),
            _ => throw new PythonException("a dictionary has no such key"),
        };
        dict.Set(index, made);
        return made;
    }

    private static object Part(object target, IReadOnlyList<object> items, PySlice slice)
    {
        (int from, int count, int step) = slice.Resolve(items.Count);
        Meter.Items(count);
        object[] part = [.. Enumerable.Range(0, count).Select(i => items[from + i * step])];
        return target is PyTuple ? new PyTuple(part) : new PyList([.. part]);
    }

    // An f-string with something unknown in it is unknown, unless it is printed at once.
    private object Format(FormattedNode formatted)
    {
        var text = new StringBuilder();
        foreach (Node part in formatted.Parts)
        {
            object piece = part is FieldNode field ? Field(field) : Evaluate(part);
            if (piece is Unknown)
                return piece;
            Texts.Append(text, (string)piece);
        }
        return text.ToString();
    }

    private object Field(FieldNode field)
    {
        object value = Evaluate(field.Value);
        if (Operators.Doubt(value) is { } doubt)
            return new Unknown(doubt);
        return FieldText(field, value);
    }

    private string FieldText(FieldNode field, object value)
    {
        if (field.Conversion == 'r')
            value = PythonText.Repr(value);
        else if (field.Conversion != '\0')
            value = PythonText.Str(value);
        if (value is PyTensor { Array: { Rank: 0 } one } && field.Format is not null)
            value = one.ToPython();
        string format = field.Format is null ? "" : Format((FormattedNode)field.Format) as string
            ?? throw new PythonException("a format is not known");
        return FormatSpec.Apply(value, format);
    }
}
