using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims.Lists;

/// <summary>Checks what an article says of the lists and matrices that it gives names to.</summary>
internal static class GivenListFinder
{
    public static void Find(CheckContext context)
    {
        NamedValues values = NamedValueReader.Read(context.Article);
        if (!values.HasLists)
            return;
        var formulas = new FormulaClaims(values, context);
        var words = new WordClaims(values, context);
        foreach (ArticleBlock block in context.Article.Blocks)
        {
            if (!context.MayClaim())
                return;
            if (block.Kind is BlockKind.Paragraph or BlockKind.Formula)
                formulas.Check(block);
            if (block.Kind == BlockKind.Paragraph)
                words.Check(block);
        }
    }
}
