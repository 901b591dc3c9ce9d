# Every example of every cmdlet's help is run as it stands, against the simulator, in a world where a campaign was ordered and sent.
# What an operator or a desktop would do is stood in for: typing at Read-Host, the browser, and Ctrl+C where a cmdlet listens until it is stopped.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module (Get-TestModule)
    $cmdlets = (Get-Module TargoGiftbit).ExportedCmdlets.Keys | Sort-Object
    $counts = @()
    $examples = foreach ($cmdlet in $cmdlets) {
        $number = 0
        foreach ($example in (Get-Help $cmdlet -Full).examples.example) {
            @{ Cmdlet = $cmdlet; Number = ++$number; Code = $example.code }
        }
        $counts += @{ Cmdlet = $cmdlet; Count = $number }
    }
}

Describe 'The examples in help' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        Import-Module "$PSScriptRoot/ExampleWorld.psm1"
        $null = Use-Simulator (Join-Path $TestDrive 'first')
        $env:GIFT_WEBHOOK_USER = 'mailjet'
        $env:GIFT_WEBHOOK_PASSWORD = 'a word of Mailjet'
        $env:GIFT_WEBHOOK_PATH = '0123456789abcdef0123456789abcdef'
        $env:GIFT_SIGNING_KEY = 'a key of thirty-two characters or more'
        $env:GIFT_UNSUBSCRIBE_URL = 'https://cadeaux.example.com/unsubscribe'
        $files = (New-Item -ItemType Directory (Join-Path $TestDrive 'files')).FullName
        $world = (New-Item -ItemType Directory (Join-Path $TestDrive 'world')).FullName
        New-ExampleWorld $files
        Copy-Item "$PSScriptRoot/../../templates" $world -Recurse
        $session = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $session.Open()
        $null = [powershell]::Create($session).AddScript({
                param($manifest, $world)
                Import-Module $manifest
                Set-Location $world
                # A listener says where it listens, and takes a port that is free where the example names none.
                $global:PSDefaultParameterValues = @{ 'Receive-*:Port' = 0; 'Receive-*:Verbose' = $true }
                function global:Read-Host { ConvertTo-SecureString $env:GIFTBIT_TOKEN -AsPlainText -Force }
            }).AddArgument((Get-ModuleManifest)).AddArgument($world).Invoke()

        # The stand-in for a browser.
        $path = $env:PATH
        if (-not $IsWindows) {
            $opener = Join-Path (New-Item -ItemType Directory (Join-Path $TestDrive 'bin')) 'xdg-open'
            Set-Content $opener "#!/bin/sh`nexit 0"
            chmod +x $opener
            $env:PATH = "$(Split-Path $opener)$([IO.Path]::PathSeparator)$path"
        }

        # What listens until it is stopped gets Ctrl+C as soon as it says that it listens.
        function Invoke-Example {
            param([string] $Code, [switch] $Stop)
            $shell = [powershell]::Create($session).AddScript($Code)
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $run = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]$null, $output)
            if ($Stop) {
                Wait-Until { "$($shell.Streams.Verbose)" -match 'Listening on' } -Or { $run.IsCompleted }
                $run.IsCompleted | Should -BeFalse -Because 'it listens until it is stopped'
                $shell.Stop()
            }
            elseif ($run.AsyncWaitHandle.WaitOne([timespan]::FromMinutes(2))) { $shell.EndInvoke($run) }
            else {
                $shell.Stop()
                throw "The example did not end: $Code"
            }
            $shell.Streams.Error | ForEach-Object { throw "$($_.FullyQualifiedErrorId): $_" }
        }
    }

    AfterAll {
        $env:PATH = $path
        $session.Dispose()
    }

    BeforeEach {
        # A ledger of its own for each, so that one example may purge what the next one shows.
        $env:GIFT_HOME = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        # What was exported or archived is read back where it is not: on another machine, say.
        if ($Code -notmatch '^(Import|Restore)-GiftCampaign') { Copy-Tree (Join-Path $TestDrive 'first') $env:GIFT_HOME }
        Remove-Tree $world -Keep templates
        Copy-Tree $files $world
    }

    It '<Cmdlet> <Number>: <Code>' -ForEach $examples {
        Invoke-Example $Code -Stop:($Cmdlet -like 'Receive-*')
    }
}

Describe 'Help' {
    It '<Cmdlet> has at least two examples' -ForEach $counts {
        $Count | Should -BeGreaterOrEqual 2
    }
}
