namespace Nabla.Formulas.Printing.Pages;

/// <summary>How a page looks: light, dark and on paper.</summary>
internal static class PageStyle
{
    public const string Sheet = """
        :root{color-scheme:light dark;--ink:#1d2330;--soft:#667085;--page:#fbfaf7;--card:#fff;--line:#e4e1d9;
        --accent:#b3410e;--glow:#b3410e1c;--warn:#8a5a00;--warn-page:#fff6de}
        @media (prefers-color-scheme:dark){:root{--ink:#e7e9ee;--soft:#98a2b3;--page:#14171d;--card:#1c2029;
        --line:#2f3540;--accent:#ffb37a;--glow:#ffb37a26;--warn:#ffd27a;--warn-page:#2c2413}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);
        font:17px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:52rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
        h1{font-size:1.7rem;line-height:1.25;margin:0 0 1.25rem;letter-spacing:-.01em}
        h2{font-size:1.1rem;margin:2.5rem 0 .75rem}
        figure{margin:0 0 1.75rem;background:var(--card);border:1px solid var(--line);
        border-radius:14px;overflow:hidden}
        .picture svg{display:block;width:100%;height:auto}
        .formula{padding:2.25rem 1.5rem 1.5rem;overflow-x:auto}
        math{font-family:"STIX Two Math","Latin Modern Math","Cambria Math","Libertinus Math",math}
        .formula math{font-size:1.65rem}
        .s{border-radius:.2em;cursor:help;outline-offset:2px}
        .s:focus-visible{outline:2px solid var(--accent)}
        .cards{min-height:2.9rem;padding:.55rem 1.5rem;border-top:1px solid var(--line);
        text-align:center;color:var(--soft)}
        .card{display:none;color:var(--ink)}
        .card math{font-size:1.15em;margin-right:.35em;color:var(--accent)}
        .detail{color:var(--soft);font-size:.92em;margin-left:.6em}
        figcaption{padding:.95rem 1.5rem 1.1rem;border-top:1px solid var(--line);font-size:1.02rem}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1.5rem 0}
        dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        .warning{background:var(--warn-page);color:var(--warn);border-radius:10px;padding:.7rem 1rem;margin:1rem 0}
        .wide{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        th,td{padding:.5rem .75rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:baseline}
        thead th{color:var(--soft);font-weight:500;font-size:.88rem}
        tbody th{font-weight:400}
        mtd{vertical-align:baseline}
        code,.number{font:.9em/1.5 ui-monospace,"Cascadia Code",Menlo,Consolas,monospace;
        font-variant-numeric:tabular-nums}
        code{color:var(--soft)}
        .shape{white-space:nowrap}
        .number{overflow-wrap:anywhere}
        ol{padding-left:1.6rem}
        li{margin:0 0 1.1rem}
        li::marker{color:var(--soft)}
        .step{overflow-x:auto;padding:.15rem 0}
        .step math{font-size:1.2em}
        footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
        @media print{body{background:none;font-size:11pt}main{max-width:none;padding:0}.cards{display:none}
        figure,li,tr{break-inside:avoid}footer{display:none}}

        """;
}
