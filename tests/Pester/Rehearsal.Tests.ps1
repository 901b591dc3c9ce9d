# What -WhatIf passed on is acted upon by nobody further down, whatever way it came: as the object, out of a job, or out of a file.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module (Get-TestModule)
    $acting = Get-Command -Module TargoGiftbit | Where-Object { $_.Parameters.ContainsKey('WhatIf') -and ($_.Parameters.Values | Where-Object { $_.ParameterType.Name -eq 'Gift[]' }) } |
        ForEach-Object { @{ Name = $_.Name; ByName = $_.Parameters.ContainsKey('IsRehearsal') } }
}

Describe 'A gift that -WhatIf passed on' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
        $path = Join-Path $TestDrive 'report.csv'
        # What each would do to a real gift.
        $acts = @{
            'Export-GiftReport'         = { $input | Export-GiftReport -Path $path }
            'New-GiftbitCampaign'       = { $input | New-GiftbitCampaign }
            'Resolve-GiftDelivery'      = { $input | Resolve-GiftDelivery -As NotSent }
            'Revoke-GiftbitGift'        = { $input | Revoke-GiftbitGift }
            'Send-GiftEmail'            = { $input | Send-GiftEmail -Resend }
            'Set-GiftContact'           = { $input | Set-GiftContact -Email other@example.com }
            'Show-GiftEmail'            = { $input | Show-GiftEmail -NoLaunch }
            'Stop-IfeelgoodsRedemption' = { $input | Stop-IfeelgoodsRedemption }
            'Update-ErpNextCustomer'    = { $input | Update-ErpNextCustomer }
        }
        function Get-State { Get-Gift $terms.Id | Format-List * -Force | Out-String; Get-GiftHistory $terms.Id | Out-String; (Get-SimulatedMail $terms.Id).id }
    }

    BeforeEach {
        $terms = New-OrderTerms
        $null = Import-GiftContact (New-ContactFile $TestDrive -Count 2) | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait | Send-GiftEmail
        $rehearsal = Get-Gift $terms.Id | Send-GiftEmail -Resend -WhatIf 6>$null
        Reset-Simulator
    }

    It '<Name> leaves the gift as it is' -ForEach $acting {
        $acts.Keys | Should -Contain $Name -Because 'a cmdlet that acts on gifts has to be tried here'
        $before = Get-State
        $ways = @{ 'as the object' = $rehearsal }
        if ($ByName) {
            $ways['out of a job'] = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($rehearsal))
            $ways['out of JSON'] = $rehearsal | ConvertTo-Json -Depth 3 -WarningAction Ignore | ConvertFrom-Json
            $ways['out of CSV'] = $rehearsal | Select-Object CampaignId, Row, Environment, IsRehearsal | ConvertTo-Csv | ConvertFrom-Csv
        }
        foreach ($way in $ways.Keys) {
            $out = $ways[$way] | & $acts[$Name] -WarningAction SilentlyContinue 3>$null 6>$null
            $out | Where-Object { $_.PSObject.Properties['IsRehearsal'] } | ForEach-Object { $_.IsRehearsal | Should -BeTrue -Because $way }
            Get-State | Should -Be $before -Because $way
            (Invoke-Control Get 'requests?limit=10000').requests | Where-Object { $_.method -in 'POST', 'PUT', 'DELETE', 'PATCH' } | Should -BeNullOrEmpty -Because $way
        }
    }

    It 'its address is neither put on the list of suppressions nor taken off it' {
        $null = Add-GiftSuppression other@example.com
        $rehearsal | Add-GiftSuppression 6>$null
        $rehearsal | Select-Object @{ n = 'Email'; e = { 'other@example.com' } }, IsRehearsal | ConvertTo-Csv | ConvertFrom-Csv | Remove-GiftSuppression -Confirm:$false 6>$null
        @(Get-GiftSuppression).Email | Should -Be 'other@example.com'
        Remove-GiftSuppression other@example.com -Confirm:$false
    }

    It '"<_>" in a file is a rehearsal: whatever is not plainly a no' -ForEach 'TRUE', 'VRAI', '1', 'perhaps' {
        $row = "CampaignId,Row,Environment,IsRehearsal`n$($terms.Id),2,Sandbox,$_" | ConvertFrom-Csv
        ($row | Set-GiftContact -Email corrected@example.com).IsRehearsal | Should -BeTrue
        (Get-Gift $terms.Id -Row 2).Email | Should -Be 'client2@example.com'
    }

    It 'a gift that says "<_>" in a file is a real one' -ForEach 'False', 'FAUX', '0', '' {
        $row = "CampaignId,Row,Environment,IsRehearsal`n$($terms.Id),2,Sandbox,$_" | ConvertFrom-Csv
        ($row | Set-GiftContact -Email corrected@example.com).Email | Should -Be 'corrected@example.com'
        (Get-Gift $terms.Id -Row 2).Email | Should -Be 'corrected@example.com'
    }
}
