using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;

namespace Nabla.Cli.Explain.Pieces;

/// <summary>A piece of the library as JSON.</summary>
internal static class PieceDocument
{
    /// <summary>The first piece of a name; the others of that name stand in <c>more</c>.</summary>
    public static JsonObject Of(IReadOnlyList<Piece> pieces)
    {
        JsonObject document = Of(pieces[0]);
        if (pieces.Count > 1)
            document["more"] = new JsonArray([.. pieces.Skip(1).Select(Of)]);
        return document;
    }

    private static JsonObject Of(Piece piece)
    {
        PieceSource? source = PieceSource.Of(piece);
        PieceProof? proof = piece.Sample is { } sample ? PieceProof.Of(sample) : null;
        return new JsonObject
        {
            ["ok"] = true,
            ["name"] = piece.Name,
            ["kind"] = piece.Kind,
            ["formula"] = piece.Formula,
            ["reading"] = Explainer.Explain(piece.Formula).Reading,
            ["summary"] = source?.Summary,
            ["path"] = source?.Path,
            ["code"] = source is null ? null : string.Join('\n', source.Code),
            ["value"] = proof is null ? null : Pair(proof.ByFormula, proof.ByKernel, "kernel"),
            ["loss"] = proof is null ? null : PieceProof.Loss,
            ["gradients"] = proof is null ? null : new JsonObject(proof.Gradients.Select(gradient =>
                KeyValuePair.Create<string, JsonNode?>(
                    gradient.Name, Pair(gradient.ByFormula, gradient.ByBackward, "backward")))),
        };
    }

    public static JsonObject List() => new()
    {
        ["ok"] = true,
        ["pieces"] = new JsonArray([.. PieceCatalog.All.Select(piece => new JsonObject
        {
            ["name"] = piece.Name,
            ["kind"] = piece.Kind,
            ["formula"] = piece.Formula,
        })]),
    };

    private static JsonObject Pair(NumberArray formula, NumberArray code, string by) => new()
    {
        ["formula"] = JsonOutput.Numbers(formula),
        [by] = JsonOutput.Numbers(code),
    };
}
