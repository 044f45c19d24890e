namespace Nabla.Formulas.Articles.Python;

/// <summary>Names: reading and assigning them.</summary>
internal sealed partial class Interpreter
{
    private object Load(string name)
    {
        for (Scope? at = scope; at is not null; at = at.Outer)
            if (at.Values.TryGetValue(name, out object? value))
                return value;
        return globals.Values.GetValueOrDefault(name) ?? Builtins.Find(name)
            ?? Modules.Customary(name) ?? throw new PythonException($"'{name}' has no value");
    }

    private void Store(string name, object value)
    {
        if (scope.Locals is null || scope.Locals.Contains(name))
        {
            scope.Values[name] = value;
            return;
        }
        for (Scope? at = scope.Outer; at is not null; at = at.Outer)
        {
            if (at.Locals is null || at.Locals.Contains(name))
            {
                at.Values[name] = value;
                return;
            }
        }
        globals.Values[name] = value;
    }

    private void Assign(AssignStatement assign)
    {
        object value = Evaluate(assign.Value);
        seen.Add(line, value);
        foreach (Node target in assign.Targets)
            AssignTo(target, value);
    }

    private void AssignTo(Node target, object value)
    {
        switch (target)
        {
            case NameNode { Name: var name }:
                Store(name, value);
                break;
            case DisplayNode { Items: var targets }:
                Unpack(targets, value);
                break;
            case AttributeNode attribute:
                SetAttribute(Evaluate(attribute.Target), attribute.Name, value);
                break;
            case SubscriptNode subscript:
                SetItem(Evaluate(subscript.Target), EvaluateIndex(subscript.Index), value);
                break;
            default:
                throw PythonException.NotKnown("assigning to this");
        }
    }

    private void Unpack(IReadOnlyList<Node> targets, object value)
    {
        if (value is Unknown || value is Changeable { Doubt: not null } and not NdArray)
        {
            var unknown = new Unknown(Operators.Doubt(value)!);
            foreach (Node target in targets)
                AssignTo(target is StarredNode { Inner: var inner } ? inner : target, unknown);
            return;
        }
        IReadOnlyList<object> items = Operators.Items(value);
        Meter.Items(targets.Count);
        int star = targets.ToList().FindIndex(target => target is StarredNode);
        int rest = items.Count - targets.Count + 1;
        if (star < 0 ? items.Count != targets.Count : rest < 0)
            throw new PythonException($"{items.Count} values for {targets.Count} names");
        for (int i = 0, at = 0; i < targets.Count; i++)
        {
            if (i == star)
            {
                AssignTo(((StarredNode)targets[i]).Inner, new PyList([.. items.Skip(at).Take(rest)]));
                at += rest;
                continue;
            }
            AssignTo(targets[i], items[at++]);
        }
    }

    // Lists and arrays are changed in place, as others may refer to them.
    private void Augment(AugmentedStatement augmented)
    {
        Node target = augmented.Target;
        object old = Evaluate(target), by = Evaluate(augmented.Value);
        if (old is NdArray { Rank: > 0 } array)
        {
            ChangeArray(array, Operators.Binary(augmented.Operator, array, by));
            seen.Add(line, array);
            if (target is not NameNode)
                AssignTo(target, array);
            return;
        }
        if (old is PyList { Doubt: null } list && augmented.Operator == "+" && by is not Unknown)
        {
            list.Items.AddRange([.. Operators.Items(by)]);
            if (list.Items.Count > Operators.LongestText)
                throw Operators.TooLong();
            return;
        }
        object value = Operators.Binary(augmented.Operator, old, by);
        seen.Add(line, value);
        AssignTo(target, ChangeInPlace(old, value) ? old : value);
    }

    // Whether it is a value of which there is only one, whoever has a name for it.
    private static bool ChangeInPlace(object old, object value)
    {
        switch (old, value)
        {
            case (Changeable changeable, Unknown unknown):
                changeable.Doubt ??= unknown.Why;
                return true;
            case (PyTensor tensor, _):
                tensor.Change(value);
                return true;
            case (PyList list, PyList other):
                list.Items.Clear();
                list.Items.AddRange(other.Items);
                return true;
            case (PySet set, PySet other):
                set.Items.Clear();
                set.Items.UnionWith(other.Items);
                return true;
            default:
                return false;
        }
    }

    private static void ChangeArray(NdArray array, object value)
    {
        if (value is not NdArray result)
        {
            array.Doubt = Operators.Doubt(value);
            return;
        }
        if (!result.Shape.AsSpan().SequenceEqual(array.Shape))
            throw new PythonException("a change in place would change the shape");
        if (result.Type > array.Type)
            throw new PythonException("whole numbers in place cannot become fractions");
        if (result.IsKnown)
            array.Write(result.Values());
        else
            array.Doubt = result.Doubt;
    }

    private static void SetAttribute(object target, string name, object value)
    {
        switch (target)
        {
            case PyInstance { Doubt: null } instance:
                instance.Members[name] = value;
                break;
            case PyClass type:
                type.Members[name] = value;
                break;
            case Unknown or PyInstance:
                break;
            default:
                throw PythonException.NotKnown($"assigning .{name}");
        }
    }

    private static void SetItem(object target, object index, object value)
    {
        switch (target)
        {
            case Unknown:
                break;
            case Changeable { Doubt: not null }:
                break;
            case Changeable changeable when Operators.Doubt(index) is { } doubt:
                changeable.Doubt = doubt;
                break;
            case NdArray array when value is Unknown unknown:
                array.Doubt = unknown.Why;
                break;
            case NdArray array:
                Indexing.Set(array, index, NdArray.From(value));
                break;
            case PyTensor tensor:
                tensor.SetPart(index, value);
                break;
            case PyList list when index is not PySlice:
                list.Items[Operators.Place(index, list.Items.Count)] = value;
                break;
            case PyDict dict:
                dict.Set(index, value);
                break;
            default:
                throw PythonException.NotKnown($"writing into a part of {Operators.TypeName(target)}");
        }
    }
}
