BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module (Get-ModuleManifest)
    $cmdlets = Get-Command -Module TargoGiftbit | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
}

Describe 'Every cmdlet' {
    It '<Name> has an approved verb and a singular noun' -ForEach $cmdlets {
        (Get-Verb).Verb | Should -Contain $Command.Verb
        $Command.Noun | Should -Not -Match '(?<!s|Statu|u)s$'
        $Command.Noun | Should -Match '^(Gift|Giftbit|Ifeelgoods|ErpNext|Mailjet)'
    }

    It '<Name> says what it writes' -ForEach $cmdlets {
        $Command.OutputType | Should -Not -BeNullOrEmpty
    }

    It '<Name> is a class named after it, in a file of its own' -ForEach $cmdlets {
        $Command.ImplementingType.Name | Should -Be "$($Command.Name -replace '-')Command"
        $root = Split-Path (Split-Path $PSScriptRoot)
        $folder = $Command.ImplementingType.Namespace -replace '^TargoGiftbit\.', '' -replace '\.', '/'
        Join-Path $root 'src/TargoGiftbit' $folder "$($Command.ImplementingType.Name).cs" | Should -Exist
    }

    It '<Name> offers -WhatIf and -Confirm if its verb changes something outside' -ForEach $cmdlets {
        $acting = 'Add', 'New', 'Remove', 'Revoke', 'Send', 'Set', 'Stop', 'Resolve', 'Restore', 'Backup', 'Export', 'Join'
        if ($Command.Verb -in $acting) { $Command.Parameters.Keys | Should -Contain 'WhatIf' }
    }

    It '<Name> asks for production on purpose: -Force never stands without -Production or a file' -ForEach $cmdlets {
        if ($Command.Parameters.ContainsKey('Force') -and $Command.Verb -in 'New', 'Send', 'Revoke') {
            $Command.Parameters.Keys | Should -Contain 'Production'
        }
    }

    It '<Name> takes secrets as SecureString or credential only' -ForEach $cmdlets {
        $secrets = $Command.Parameters.Values | Where-Object Name -Match '^(.*Token|.*Password|.*Secret|Credential|.*ApiKey)$'
        foreach ($parameter in $secrets) { $parameter.ParameterType.Name | Should -BeIn 'SecureString', 'PSCredential' }
    }
}

Describe 'The scripts of this repository' {
    It 'PSScriptAnalyzer finds nothing in <_>' -ForEach 'samples', 'build.ps1', 'TargoGiftbit.psd1' -Skip:(-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
        $root = Split-Path (Split-Path $PSScriptRoot)
        $path = Join-Path $root $_
        if (Test-Path $path) {
            $findings = Invoke-ScriptAnalyzer -Path $path -Recurse -Settings (Join-Path $root 'PSScriptAnalyzerSettings.psd1')
            $findings | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName) $($_.Message)" } | Should -BeNullOrEmpty
        }
    }
}
