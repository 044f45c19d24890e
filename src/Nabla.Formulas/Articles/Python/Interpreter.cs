using System.Runtime.CompilerServices;

namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// Runs programs of the small part of Python and NumPy that articles use. It reads no files and loads no modules; what
/// it
/// does not know becomes an <see cref="Unknown"/>, and so does all that is computed from it.
/// </summary>
internal sealed partial class Interpreter
{
    private readonly Dictionary<object, IReadOnlySet<string>> locals = new(ReferenceEqualityComparer.Instance);
    private readonly Scope globals = new(null);
    private Scope scope;
    private Observations seen = new();
    private int line;
    private object returned = None.Instance;

    public Interpreter()
    {
        scope = globals;
        globals.Values["__name__"] = "__main__";
    }

    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    /// <summary>What the programs have cost so far.</summary>
    public Meter Meter { get; } = new();

    /// <summary>The names that programs have given values.</summary>
    public IReadOnlyDictionary<string, object> Globals => globals.Values;

    /// <summary>The same, to be kept.</summary>
    public Dictionary<string, object> Values => globals.Values;

    /// <summary>Runs a program after those before it; never throws.</summary>
    public Observations Run(IReadOnlyList<Statement> program)
    {
        using Meter.Turn turn = Meter.Begin();
        seen = new Observations();
        pending = null;
        foreach (Statement statement in program)
            RunOne(statement);
        FlushPending();
        return seen;
    }

    /// <summary>What the programs so far have left, to go back to.</summary>
    public Dictionary<string, object> Save() => new ValueCopier().Copy(globals.Values);

    /// <summary>Goes back to what was saved, which is used up by that.</summary>
    public void Restore(Dictionary<string, object> saved) => globals.Values = saved;

    /// <summary>Makes a name unknown.</summary>
    public void Forget(string name, string why) => globals.Values[name] = new Unknown(why);

    /// <summary>Makes NumPy and all arrays unknown, after a call that changes what operators do.</summary>
    public PythonException ForgetArrays(string call)
    {
        var error = PythonException.NotKnown(call);
        foreach (string name in globals.Values.Where(item => item.Value is NdArray or PyModule)
            .Select(item => item.Key).Concat(["np", "numpy"]).ToList())
            Forget(name, error.Message);
        return error;
    }

    private void RunOne(Statement statement)
    {
        try
        {
            if (Execute(statement) != Flow.Next)
                throw new PythonException("'return' or 'break' stands outside");
        }
        catch (PythonException error)
        {
            scope = globals;
            TryRecover(statement, error.Message);
        }
        catch (Exception error) when (error is InvalidCastException or ArithmeticException or ArgumentException
            or InvalidOperationException or IndexOutOfRangeException)
        {
            scope = globals; // a function got something of a kind that it does not take
            TryRecover(statement, "a function was called with something that it does not take");
        }
    }

    private void TryRecover(Statement statement, string why)
    {
        try
        {
            Recover(statement, why);
        }
        catch (PythonException spent)
        {
            ForgetAll(spent.Message);
        }
    }

    // Without steps left nobody can say what else would have changed.
    private void ForgetAll(string why)
    {
        foreach (string name in globals.Values.Keys.ToList())
            Forget(name, why);
        seen.Gap ??= why;
    }

    // What the statement would have assigned or changed is not known any more.
    private void Recover(Statement statement, string why)
    {
        seen.Failures[statement.Line] = why;
        Meter.Charge();
        if (NameFinder.Used([statement]).Contains("exec"))
            ForgetAll("exec may have changed anything");
        foreach (string name in NameFinder.Assigned([statement]))
            globals.Values[name] = new Unknown(why);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(NameFinder.Used([statement]));
        while (open.TryDequeue(out string? name))
        {
            if (!visited.Add(name) || !globals.Values.TryGetValue(name, out object? value))
                continue;
            Doubts.Spread(value, why);
            if (value is not PyFunction { Body: { } body })
                continue;
            IReadOnlySet<string> used = Once(body, () => NameFinder.Used(body));
            Meter.Charge(used.Count);
            foreach (string inner in used)
                open.Enqueue(inner);
            foreach (string assigned in NameFinder.Assigned(body, onlyGlobal: true))
            {
                open.Enqueue(assigned);
                globals.Values[assigned] = new Unknown(why);
            }
        }
        if (NameFinder.Used([statement]).Contains("print") || statement is ForStatement or WhileStatement
            || visited.Any(name => globals.Values.GetValueOrDefault(name) is PyFunction))
            seen.Gap ??= why;
    }

    private static void Step()
    {
        Meter.Charge();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new PythonException("functions call each other too deeply");
    }

    private Flow Execute(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Flow flow = Execute(statement);
            if (flow != Flow.Next)
                return flow;
        }
        return Flow.Next;
    }

    private Flow Execute(Statement statement)
    {
        Step();
        int before = line;
        line = statement.Line;
        try
        {
            return Dispatch(statement);
        }
        finally
        {
            line = before;
        }
    }

    private Flow Dispatch(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement { Value: var value }:
                seen.Add(line, Evaluate(value));
                return Flow.Next;
            case AssignStatement assign:
                Assign(assign);
                return Flow.Next;
            case AugmentedStatement augmented:
                Augment(augmented);
                return Flow.Next;
            case ReturnStatement { Value: var value }:
                returned = value is null ? None.Instance : Evaluate(value);
                seen.Add(line, returned);
                return Flow.Return;
            case IfStatement branch:
                return Execute(Operators.IsTrue(Evaluate(branch.Condition)) ? branch.Then : branch.Else);
            case ForStatement loop:
                return For(loop);
            case WhileStatement loop:
                return While(loop);
            case WithStatement with:
                return With(with);
            default:
                return Declare(statement);
        }
    }

    private Flow Declare(Statement statement)
    {
        switch (statement)
        {
            case DefStatement def:
                Store(def.Name, Define(def));
                return Flow.Next;
            case ClassStatement type:
                Store(type.Name, DefineClass(type));
                return Flow.Next;
            case ImportStatement import:
                foreach ((string module, string name) in import.Modules)
                    Store(name.Length > 0 ? name : module.Split('.')[0],
                        Modules.Import(name.Length > 0 ? module : module.Split('.')[0]));
                return Flow.Next;
            case FromStatement from:
                foreach ((string item, string name) in from.Items)
                    Store(name, item == "*" ? throw PythonException.NotKnown("import *")
                        : Modules.Member(Modules.Import(from.Module), item));
                return Flow.Next;
            case AssertStatement { Condition: var condition }:
                Evaluate(condition);
                return Flow.Next;
            case WordStatement { Word: var word }:
                return word switch { "break" => Flow.Break, "continue" => Flow.Continue, _ => Flow.Next };
            case UnreadStatement unread:
                throw new PythonException(unread.Why);
            case UnknownStatement unknown:
                throw PythonException.NotKnown(unknown.What);
            default:
                throw PythonException.NotKnown("such a statement");
        }
    }

    private Flow For(ForStatement loop)
    {
        object items = Evaluate(loop.Items);
        IReadOnlyList<object> all = Operators.Items(items);
        for (int i = 0; i < all.Count; i++)
        {
            Step();
            AssignTo(loop.Target, all[i]);
            Flow flow = Execute(loop.Body);
            if (flow == Flow.Break)
                return Flow.Next;
            if (flow == Flow.Return)
                return flow;
        }
        return Execute(loop.Else);
    }

    private Flow While(WhileStatement loop)
    {
        while (Operators.IsTrue(Evaluate(loop.Condition)))
        {
            Step();
            Flow flow = Execute(loop.Body);
            if (flow == Flow.Break)
                return Flow.Next;
            if (flow == Flow.Return)
                return flow;
        }
        return Execute(loop.Else);
    }

    // Only contexts that are not known themselves are entered, as torch.no_grad() is; they change no number here.
    private Flow With(WithStatement with)
    {
        foreach ((Node context, Node? target) in with.Items)
        {
            object value = Evaluate(context);
            if (value is not Unknown)
                throw PythonException.NotKnown("such a 'with'");
            if (target is not null)
                AssignTo(target, value);
        }
        return Execute(with.Body);
    }

    private PyFunction Define(DefStatement def)
    {
        if (def.IsUnusual || def.Parameters.Any(parameter => parameter.Star == "**"))
            throw PythonException.NotKnown("a generator or **");
        var function = new PyFunction(def.Name, def.Parameters, scope)
        {
            Body = def.Body,
            Locals = Once(def, () => NameFinder.Assigned(def.Body)
                .Except(NameFinder.Declared(def.Body), StringComparer.Ordinal)
                .Concat(def.Parameters.Select(parameter => parameter.Name))),
        };
        SetDefaults(function);
        return function;
    }

    // The names that belong to a piece of program do not change from one time that it runs to the next.
    private IReadOnlySet<string> Once(object piece, Func<IEnumerable<string>> names) =>
        locals.TryGetValue(piece, out IReadOnlySet<string>? known)
            ? known : locals[piece] = names().ToHashSet(StringComparer.Ordinal);

    private void SetDefaults(PyFunction function)
    {
        Meter.Items(function.Parameters.Count);
        for (int i = 0; i < function.Parameters.Count; i++)
            function.Defaults[i] = function.Parameters[i].Default is { } value ? Evaluate(value) : null;
    }

    private PyClass DefineClass(ClassStatement type)
    {
        PyClass? parent = null;
        foreach (Node node in type.Bases)
            parent = Evaluate(node) as PyClass
                ?? (node is NameNode { Name: "object" } ? null : throw PythonException.NotKnown("the base of a class"));
        var made = new PyClass(type.Name, parent);
        Scope before = scope;
        scope = new Scope(before, Once(type, () => NameFinder.Assigned(type.Body)));
        try
        {
            Execute(type.Body);
            foreach ((string name, object value) in scope.Values)
                made.Members[name] = value;
        }
        finally
        {
            scope = before;
        }
        return made;
    }
}
