using TargoGiftbit.Builder;
using TargoGiftbit.Builder.Help;

Dictionary<string, Action<Arguments>> tasks = new(StringComparer.Ordinal)
{
    ["help"] = WriteHelp,
};

if (args.Length == 0 || !tasks.TryGetValue(args[0], out var task))
{
    Console.Error.WriteLine($"Usage: TargoGiftbit.Builder {string.Join('|', tasks.Keys)} --name value…");
    return 2;
}
task(new Arguments(args[1..]));
return 0;

static void WriteHelp(Arguments given)
{
    var reader = new CmdletReader(DocComments.Load(given.Many("comments")));
    var module = new ModuleAssembly(given.One("lib"), given.One("engine"));
    var cmdlets = module.Cmdlets().Select(c => reader.Read(c.Name, c.Type)).ToList();
    MamlWriter.Write(given.One("maml"), cmdlets);
    MarkdownWriter.Write(given.One("markdown"), cmdlets);
}
